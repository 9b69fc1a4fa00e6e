package io.chittychat.server.access;

import java.net.URI;
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

    /** Keys are fetched when they are needed, and kept for five minutes. */
    public static JwtDecoder at(URI jwkSet, SignatureAlgorithm algorithm, JwtRules rules) {
        return with(
                NimbusJwtDecoder.withJwkSetUri(jwkSet.toString())
                        .jwsAlgorithm(algorithm)
                        .validateType(false)
                        .build(),
                rules);
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
