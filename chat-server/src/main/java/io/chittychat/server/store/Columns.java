package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.SessionId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How values stand in columns. */
final class Columns {

    static final String JOINED = "joined";
    static final String PUBLISHED = "published";
    static final String LEFT = "left";

    /** The columns that {@link #event} reads, in its order. */
    static final String EVENT =
            "lamport_time, previous_lamport_time, type, participant, text, participant_lamport_time,"
                    + " sequence, recorded_at, session_id";

    private Columns() {}

    static Event event(ResultSet row) throws SQLException {
        Event.Header header = new Event.Header(
                row.getLong(1),
                row.getLong(2),
                row.getLong(6),
                instant(row.getLong(8)),
                session(row.getBytes(9)),
                row.getString(4));
        String type = row.getString(3);
        return switch (type) {
            case JOINED -> new Event.Joined(header);
            case PUBLISHED -> new Event.Published(header, row.getString(5), row.getLong(7));
            case LEFT -> new Event.Left(header);
            default -> throw new SQLException("an event of type " + type);
        };
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

    static JoinKey.Bits bits(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new JoinKey.Bits(buffer.getLong(), buffer.getLong());
    }

    /** Microseconds since 1970. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
