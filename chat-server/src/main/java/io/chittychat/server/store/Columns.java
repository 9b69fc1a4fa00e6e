package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts between values and the columns of the tables. */
final class Columns {

    static final String JOINED = "joined";
    static final String PUBLISHED = "published";
    static final String LEFT = "left";

    private static final long MICROS = 1_000_000; // in a second

    private Columns() {}

    static Optional<JoinKey> key(byte @Nullable [] request, byte @Nullable [] salt) {
        return request == null || salt == null ? Optional.empty() : Optional.of(new JoinKey(bits(request), bits(salt)));
    }

    static Digest digest(byte @Nullable [] bytes, String of) throws DamageException {
        if (bytes == null || bytes.length != Digest.BYTES) {
            throw new DamageException(of + " has no digest");
        }
        return Digest.of(bytes);
    }

    /** Sets the two columns of a join's key, from {@code index} on. */
    static void set(PreparedStatement statement, int index, Optional<JoinKey> key) throws SQLException {
        statement.setBytes(index, key.map(k -> bytes(k.request())).orElse(null));
        statement.setBytes(index + 1, key.map(k -> bytes(k.salt())).orElse(null));
    }

    static String type(Event event) {
        if (event instanceof Event.Joined) {
            return JOINED;
        }
        return event instanceof Event.Left ? LEFT : PUBLISHED;
    }

    static byte[] bytes(SessionId session) {
        return bytes(session.high(), session.low());
    }

    static byte[] bytes(JoinKey.Bits bits) {
        return bytes(bits.high(), bits.low());
    }

    static SessionId session(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SessionId(buffer.getLong(), buffer.getLong());
    }

    private static JoinKey.Bits bits(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new JoinKey.Bits(buffer.getLong(), buffer.getLong());
    }

    /**
     * Converts to microseconds since 1970.
     *
     * @throws ArithmeticException if they are too many for a long
     */
    static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), 1000 * Math.floorMod(micros, MICROS));
    }

    private static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
