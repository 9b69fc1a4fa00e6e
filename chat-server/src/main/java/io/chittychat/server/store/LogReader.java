package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the log over one connection, whose owner sees to threads and transactions. */
final class LogReader {

    private LogReader() {}

    /** The log's one row. */
    record LogRow(String epoch, long lamportTime, long newestEvent, long removedThrough) {}

    static LogRow log(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT epoch, lamport_time, newest_event, removed_through FROM log WHERE id = 1")) {
            if (!row.next()) {
                throw new SQLException("the log has no row");
            }
            return new LogRow(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    /** Lamport time of the oldest event; 0 if there is none. */
    static long oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT min(lamport_time) FROM event")) {
            return row.next() ? row.getLong(1) : 0; // 0 stands for NULL, too
        }
    }

    /** Events after a Lamport time, in order. */
    static List<Event> events(Connection connection, long after, int limit) throws SQLException {
        return events(connection, "WHERE lamport_time > ? ORDER BY lamport_time LIMIT ?", after, limit);
    }

    /** Events before a Lamport time, the newest first. */
    static List<Event> before(Connection connection, long before, int limit) throws SQLException {
        return events(connection, "WHERE lamport_time < ? ORDER BY lamport_time DESC LIMIT ?", before, limit);
    }

    private static List<Event> events(Connection connection, String which, long lamportTime, int limit)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + Columns.EVENT + " FROM event " + which)) {
            statement.setLong(1, lamportTime);
            statement.setInt(2, limit);
            List<Event> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(Columns.event(rows));
                }
            }
            return events;
        }
    }

    /** Those of the events at some Lamport times that are there, in the same order. */
    static List<Event> at(Connection connection, List<Long> lamportTimes) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + Columns.EVENT + " FROM event WHERE lamport_time = ?")) {
            List<Event> events = new ArrayList<>();
            for (long lamportTime : lamportTimes) {
                statement.setLong(1, lamportTime);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        events.add(Columns.event(row));
                    }
                }
            }
            return events;
        }
    }

    /**
     * Those who are present, and what is known of them.
     *
     * @param lastSlots is filled with the slot of each session's newest repeatable publish
     */
    static RoomState state(Connection connection, Map<SessionId, Integer> lastSlots) throws SQLException {
        LogRow log = log(connection);
        Map<SessionId, List<RoomState.RecentPublish>> recent = recent(connection, lastSlots);
        List<RoomState.Stay> present = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT session_id, participant, name_key, joined_lamport_time,"
                        + " request_digest, token_salt FROM session ORDER BY joined_lamport_time")) {
            while (row.next()) {
                SessionId id = Columns.session(row.getBytes(1));
                present.add(new RoomState.Stay(
                        id,
                        new ParticipantName(row.getString(2), row.getString(3)),
                        row.getLong(4),
                        key(row.getBytes(5), row.getBytes(6)),
                        recent.getOrDefault(id, List.of())));
            }
        }
        return new RoomState(log.lamportTime(), log.newestEvent(), present);
    }

    private static Map<SessionId, List<RoomState.RecentPublish>> recent(
            Connection connection, Map<SessionId, Integer> lastSlots) throws SQLException {
        Map<SessionId, List<RoomState.RecentPublish>> recent = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT session_id, slot, sequence, lamport_time FROM recent_publish"
                                + " ORDER BY session_id, lamport_time")) {
            while (row.next()) {
                SessionId id = Columns.session(row.getBytes(1));
                recent.computeIfAbsent(id, any -> new ArrayList<>())
                        .add(new RoomState.RecentPublish(row.getLong(3), row.getLong(4)));
                lastSlots.put(id, row.getInt(2));
            }
        }
        return recent;
    }

    private static Optional<JoinKey> key(byte @Nullable [] request, byte @Nullable [] salt) {
        return request == null || salt == null
                ? Optional.empty()
                : Optional.of(new JoinKey(Columns.bits(request), Columns.bits(salt)));
    }
}
