package io.chittychat.server.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first 16 bytes of a SHA-256. With 128 bits, nobody finds other content that has the digest of content that was recorded, and
 * a row grows by half of what the whole SHA-256 would take.
 */
public record Digest(long high, long low) {

    static final int BYTES = 16;

    /** What comes before the first event. */
    static final Digest NONE = new Digest(0, 0);

    /** Of the first bytes of something longer, or of a column. */
    static Digest of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong());
    }

    /** The digest that {@link #toString} wrote; empty if it is not one. */
    static Optional<Digest> parse(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return bytes.length == BYTES ? Optional.of(of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of a set to which something is added, or from which it is taken. */
    Digest xor(Digest other) {
        return new Digest(high ^ other.high, low ^ other.low);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
