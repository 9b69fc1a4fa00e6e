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
 * Makes digests of what is recorded: SHA-256 over its fields, each of a fixed length or behind its length, so that no two contents are
 * the same bytes.
 *
 * <p>Threading: one thread at a time.
 */
final class Digester {

    private static final int SMALL = 4096; // bytes: an event, with much to spare

    private final MessageDigest sha256;
    private final byte[] result = new byte[32];
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL);

    Digester() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** Begins the content of a kind of thing. */
    Digester begin(char kind) {
        buffer.clear();
        return put(kind);
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

    /** Of what was put since {@link #begin}. */
    Digest end() {
        try {
            sha256.update(buffer.array(), 0, buffer.position());
            sha256.digest(result, 0, result.length);
            return Digest.of(result);
        } catch (DigestException e) {
            throw new IllegalStateException(e); // the result has space
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
