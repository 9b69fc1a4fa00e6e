package io.chittychat.demo.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Issues JWTs that a service with its {@link #settings} accepts. */
final class TokenIssuer {

    private static final String AUDIENCE = "chitty-chat";

    private final KeyPair keys;

    TokenIssuer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of a service that trusts it. */
    List<String> settings(Path dir) throws IOException {
        Path key = dir.resolve("issuer.pub");
        String pem = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        Files.writeString(key, "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
        return List.of(
                "--chitty.auth.mode=jwt",
                "--chitty.auth.jwt.public-key-file=" + key,
                "--chitty.auth.jwt.audience=" + AUDIENCE,
                "--chitty.auth.jwt.clock-skew=0s");
    }

    /** A JWT for a name that is valid until then. */
    String token(String name, Instant expiry) {
        String signed = part("{\"alg\":\"RS256\"}") + "."
                + part("{\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}".formatted(name, AUDIENCE, expiry.getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return base64(json.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
