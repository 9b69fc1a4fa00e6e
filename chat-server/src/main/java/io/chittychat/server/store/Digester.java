package io.chittychat.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Computes digests: SHA-256 over fields. A field has a fixed length, or its length before it, so different contents
 * have different bytes.
 *
 * <p>Threading: each thread has its own, so that pages and sessions do not allocate one each. A digester computes one
 * digest at a time.
 */
final class Digester {

    private static final int SIZE = 4096; // bytes; enough for any event
    private static final ThreadLocal<Digester> OF_THREAD = ThreadLocal.withInitial(Digester::new);

    private final MessageDigest sha256;
    private final byte[] result = new byte[32];
    private ByteBuffer buffer = ByteBuffer.allocate(SIZE);

    private Digester() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /**
     * Begins a digest with the digester of the current thread.
     *
     * @param kind distinguishes events, sessions and the log's row
     */
    static Digester begin(char kind) {
        Digester digester = OF_THREAD.get();
        digester.buffer.clear();
        return digester.put(kind);
    }

    Digester put(long value) {
        space(Long.BYTES).putLong(value);
        return this;
    }

    Digester put(String text) {
        return put(text.getBytes(UTF_8));
    }

    Digester put(byte[] bytes) {
        space(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    Digester put(Digest digest) {
        return put(digest.high()).put(digest.low());
    }

    Digester put(SessionId session) {
        return put(session.high()).put(session.low());
    }

    Digester put(Optional<JoinKey> key) {
        put(key.isPresent() ? 1 : 0);
        key.ifPresent(k -> put(k.request().high())
                .put(k.request().low())
                .put(k.salt().high())
                .put(k.salt().low()));
        return this;
    }

    /** Returns the digest of everything that was put since {@link #begin}. */
    Digest end() {
        try {
            sha256.update(buffer.array(), 0, buffer.position());
            sha256.digest(result, 0, result.length);
            return Digest.of(result);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the result is large enough
        }
    }

    private ByteBuffer space(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (buffer.capacity() + bytes));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }
}
