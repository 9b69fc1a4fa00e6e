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
 * Makes session tokens: 128 unguessable bits, of which the service keeps only a digest. A repeated join must be given the
 * same token again, so the token of a repeatable join is derived from a random salt, which is kept, and the client's
 * request id, which is not.
 *
 * <p>Threading: any thread.
 */
public final class SessionTokens {

    /** No token is longer, in UTF-16 units; nothing longer is looked at. */
    private static final int MAX_LENGTH = 64;

    private static final int BYTES = 16;
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random;

    SessionTokens(SecureRandom random) {
        this.random = random;
    }

    /**
     * A token for a session to be made.
     *
     * @param token what the owner is told
     * @param session what the service calls it
     * @param key makes the join repeatable, if the client gave a request id
     */
    record Issued(String token, SessionId session, Optional<JoinKey> key) {}

    /** A new token. */
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

    /** The token of the session that a join with that request id and salt made. */
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

    /** What the service calls the session of a token; some id that no session has if the token is none. */
    public static SessionId sessionId(String token) {
        Bits bits = bits(sha256(mayBe(token) ? token : ""));
        return new SessionId(bits.high(), bits.low());
    }

    /** Whether a string is short enough to be a token. */
    public static boolean mayBe(String token) {
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
