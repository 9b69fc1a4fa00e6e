package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts between values and the columns of the tables. */
final class Columns {

    static final String JOINED = "joined";
    static final String PUBLISHED = "published";
    static final String LEFT = "left";

    /** The columns that {@link #event} reads, in its order. */
    static final String EVENT =
            "lamport_time, previous_lamport_time, type, participant, text, participant_lamport_time,"
                    + " sequence, recorded_at, session_id, digest, name_key, request_digest, token_salt";

    private static final int DIGEST = 10;

    private Columns() {}

    /**
     * Reads an event.
     *
     * @throws DamageException if the service cannot have written the row
     */
    static StoredEvent event(ResultSet row) throws SQLException {
        long lamportTime = row.getLong(1);
        try {
            Event.Header header = new Event.Header(
                    lamportTime,
                    row.getLong(2),
                    row.getLong(6),
                    instant(row.getLong(8)),
                    session(row.getBytes(9)),
                    row.getString(4));
            return event(row, header);
        } catch (RuntimeException e) { // a column is missing or too short
            throw DamageException.ofEvent(lamportTime, "cannot be read: " + e);
        }
    }

    private static StoredEvent event(ResultSet row, Event.Header header) throws SQLException {
        String type = row.getString(3);
        String text = row.getString(5);
        if (type.equals(PUBLISHED)) {
            return StoredEvent.of(new Event.Published(header, text, row.getLong(7)));
        }
        StoredEvent event = type.equals(JOINED)
                ? new StoredEvent(new Event.Joined(header), Optional.of(join(row)))
                : StoredEvent.of(new Event.Left(header));
        if (!type.equals(type(event.event())) || !text.equals(event.event().text())) {
            throw DamageException.ofEvent(header.lamportTime(), "has another type or text");
        }
        return event;
    }

    private static StoredEvent.Join join(ResultSet row) throws SQLException {
        return new StoredEvent.Join(row.getString(11), key(row.getBytes(12), row.getBytes(13)));
    }

    static Optional<JoinKey> key(byte @Nullable [] request, byte @Nullable [] salt) {
        return request == null || salt == null ? Optional.empty() : Optional.of(new JoinKey(bits(request), bits(salt)));
    }

    /** Reads the digest of the event that {@link #event} reads. */
    static Digest digest(ResultSet row) throws SQLException {
        return digest(row.getBytes(DIGEST), "event " + row.getLong(1));
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

    /** Converts to microseconds since 1970. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** @throws ArithmeticException if {@link #micros} cannot return that number */
    static Instant instant(long micros) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        micros(instant);
        return instant;
    }

    private static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
