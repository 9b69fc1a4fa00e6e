package io.chittychat.server.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first 16 bytes of a SHA-256. 128 bits suffice: to find other content with the digest of an event takes 2^128
 * attempts. The rest of the SHA-256 would make each row 16 bytes longer.
 */
public record Digest(long high, long low) {

    static final int BYTES = 16;

    /** The digest before the first event. */
    static final Digest NONE = new Digest(0, 0);

    /** Returns the digest in the first 16 bytes. */
    static Digest of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong());
    }

    /** Parses what {@link #toString} returns; empty if it is something else. */
    static Optional<Digest> parse(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return bytes.length == BYTES ? Optional.of(of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the digest of a set to which an element is added, or from which it is removed. */
    Digest xor(Digest other) {
        return new Digest(high ^ other.high, low ^ other.low);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
