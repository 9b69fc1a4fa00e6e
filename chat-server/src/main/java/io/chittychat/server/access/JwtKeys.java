package io.chittychat.server.access;

import io.chittychat.text.Secret;
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
 * Makes decoders of JWTs. Each accepts exactly one algorithm, so that the header of a token cannot choose how it is
 * verified.
 */
public final class JwtKeys {

    private JwtKeys() {}

    /**
     * A decoder with keys from an address: a JWK set, which is fetched on demand and cached for five minutes.
     *
     * @throws IllegalArgumentException if {@code jwkSet} is not a URL
     */
    public static JwtDecoder at(URI jwkSet, SignatureAlgorithm algorithm, JwtRules rules) {
        return with(
                NimbusJwtDecoder.withJwkSource(new FetchedKeys(url(jwkSet)))
                        .jwsAlgorithm(algorithm)
                        .jwtProcessorCustomizer(
                                jwt -> jwt.setJWSTypeVerifier((type, context) -> {})) // the rules verify the type
                        .build(),
                rules);
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not a URL: " + address, e);
        }
    }

    /** A decoder with one RSA key. */
    public static JwtDecoder of(RSAPublicKey key, SignatureAlgorithm algorithm, JwtRules rules) {
        return with(
                NimbusJwtDecoder.withPublicKey(key)
                        .signatureAlgorithm(algorithm)
                        .validateType(false)
                        .build(),
                rules);
    }

    /** A decoder with one secret, for HMAC. */
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
