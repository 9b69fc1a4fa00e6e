package io.chittychat.server.access;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Makes decoders of JWTs. Each takes exactly one algorithm, so that a token cannot choose by its header how it is
 * checked.
 */
public final class JwtKeys {

    private JwtKeys() {}

    /**
     * Keys are fetched when they are needed, and kept for five minutes.
     *
     * @throws IllegalArgumentException if that is no address to fetch from
     */
    public static JwtDecoder at(URI jwkSet, SignatureAlgorithm algorithm, JwtRules rules) {
        return with(
                NimbusJwtDecoder.withJwkSource(new FetchedKeys(url(jwkSet)))
                        .jwsAlgorithm(algorithm)
                        .jwtProcessorCustomizer(jwt -> jwt.setJWSTypeVerifier((type, context) -> {})) // rules do that
                        .build(),
                rules);
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no address to fetch from: " + address, e);
        }
    }

    /** One RSA key. */
    public static JwtDecoder of(RSAPublicKey key, SignatureAlgorithm algorithm, JwtRules rules) {
        return with(
                NimbusJwtDecoder.withPublicKey(key)
                        .signatureAlgorithm(algorithm)
                        .validateType(false)
                        .build(),
                rules);
    }

    /** One secret, for HMAC. */
    public static JwtDecoder of(Secret secret, MacAlgorithm algorithm, JwtRules rules) {
        byte[] key = secret.value().getBytes(StandardCharsets.UTF_8);
        SecretKeySpec spec = new SecretKeySpec(key, "HmacSHA256");
        return with(
                NimbusJwtDecoder.withSecretKey(spec)
                        .macAlgorithm(algorithm)
                        .validateType(false)
                        .build(),
                rules);
    }

    private static JwtDecoder with(NimbusJwtDecoder decoder, JwtRules rules) {
        decoder.setJwtValidator(rules.validator());
        return decoder;
    }
}
