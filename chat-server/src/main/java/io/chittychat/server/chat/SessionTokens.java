package io.chittychat.server.chat;

import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.JoinKey.Bits;
import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes session tokens: 128 unguessable bits, of which the service keeps only a digest. A repeated join must get the
 * same token again. So the token of a repeatable join is derived from a random salt, which the service keeps, and the
 * client's request id, which it does not keep.
 *
 * <p>Threading: any thread.
 */
public final class SessionTokens {

    /** The longest text that is digested, in UTF-16 units; tokens are shorter. */
    private static final int MAX_LENGTH = 64;

    private static final int BYTES = 16;
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random;

    SessionTokens(SecureRandom random) {
        this.random = random;
    }

    /**
     * A new token.
     *
     * @param token the client's secret
     * @param session the session's id, a digest of the token
     * @param key makes the join repeatable; present if the client sent a request id
     */
    record Issued(String token, SessionId session, Optional<JoinKey> key) {}

    /**
     * Makes a token.
     *
     * @param requestId the join's request id; empty if it has none
     */
    Issued issue(String requestId) {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        if (requestId.isEmpty()) {
            String token = encode(drawn);
            return new Issued(token, sessionId(token), Optional.empty());
        }
        Bits salt = bits(drawn);
        String token = derive(salt, requestId);
        return new Issued(token, sessionId(token), Optional.of(new JoinKey(bits(sha256(requestId)), salt)));
    }

    /** Derives the token of a repeatable join: HMAC-SHA-256 of its request id, keyed with its salt. */
    static String derive(Bits salt, String requestId) {
        byte[] key = ByteBuffer.allocate(BYTES)
                .putLong(salt.high())
                .putLong(salt.low())
                .array();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return encode(Arrays.copyOf(mac.doFinal(requestId.getBytes(StandardCharsets.UTF_8)), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    /** The id of a token's session; for a text that cannot be a token, an id that no session has. */
    public static SessionId sessionId(String token) {
        Bits bits = bits(sha256(isShortEnough(token) ? token : ""));
        return new SessionId(bits.high(), bits.low());
    }

    /** Whether a string is short enough to be a token. */
    public static boolean isShortEnough(String token) {
        return token.length() <= MAX_LENGTH;
    }

    private static String encode(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static Bits bits(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Bits(buffer.getLong(), buffer.getLong());
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
