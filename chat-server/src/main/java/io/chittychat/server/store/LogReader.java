package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the log over a connection of the caller's, who is responsible for threads and transactions. All methods throw
 * {@link DamageException} if an event is not what was recorded.
 */
final class LogReader {

    private static final int CHUNK = 10_000; // events
    private static final String ONE = "WHERE lamport_time = ? LIMIT ?";
    private static final String AFTER = "WHERE lamport_time > ? ORDER BY lamport_time LIMIT ?";

    private LogReader() {}

    /** Returns the Lamport time of the oldest event; 0 if there is none. */
    static long oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT min(lamport_time) FROM event")) {
            return row.next() ? row.getLong(1) : 0; // NULL is read as 0
        }
    }

    /** Counts the events. It reads the whole table. */
    static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Reads events after a Lamport time, in order. It stops before a damaged event, and throws only if that is the
     * first.
     */
    static List<Event> events(Connection connection, LogRow log, long after, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try {
            read(connection, log, AFTER, after, limit, events);
        } catch (DamageException e) {
            if (events.isEmpty()) {
                throw e;
            }
        }
        return plain(events);
    }

    /** Checks all events after a Lamport time. */
    static void checkTail(Connection connection, LogRow log, long after) throws SQLException {
        stored(connection, log, AFTER, after, Integer.MAX_VALUE);
    }

    /** Reads events before a Lamport time, the newest first. */
    static List<Event> before(Connection connection, long before, int limit) throws SQLException {
        List<Event> events = plain(stored(
                connection,
                LogRow.read(connection),
                "WHERE lamport_time IN (SELECT lamport_time FROM event WHERE lamport_time < ?"
                        + " ORDER BY lamport_time DESC LIMIT ?) ORDER BY lamport_time",
                before,
                limit));
        Collections.reverse(events);
        return events;
    }

    /** Reads the events at some Lamport times, in the same order; leaves out those that do not exist. */
    static List<Event> at(Connection connection, List<Long> lamportTimes) throws SQLException {
        LogRow log = LogRow.read(connection);
        List<Event> events = new ArrayList<>();
        for (long lamportTime : lamportTimes) {
            events.addAll(plain(stored(connection, log, ONE, lamportTime, 1)));
        }
        return events;
    }

    /** Reads the event at a Lamport time. */
    static StoredEvent stored(Connection connection, LogRow log, long lamportTime) throws SQLException {
        List<StoredEvent> found = stored(connection, log, ONE, lamportTime, 1);
        if (found.isEmpty()) {
            throw DamageException.ofEvent(lamportTime, "is missing");
        }
        return found.get(0);
    }

    private static List<Event> plain(List<StoredEvent> stored) {
        List<Event> events = new ArrayList<>(stored.size());
        stored.forEach(event -> events.add(event.event()));
        return events;
    }

    private static List<StoredEvent> stored(
            Connection connection, LogRow log, String which, long lamportTime, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        read(connection, log, which, lamportTime, limit, events);
        return events;
    }

    /** Adds consecutive events to {@code events}, until one is damaged. */
    private static void read(
            Connection connection, LogRow log, String which, long lamportTime, int limit, List<StoredEvent> events)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + Columns.EVENT + " FROM event " + which)) {
            statement.setLong(1, lamportTime);
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                Chain chain = null;
                while (row.next()) {
                    StoredEvent event = Columns.event(row);
                    if (chain == null) {
                        chain = Chain.after(
                                connection, log, event.event().header().previousLamportTime());
                    }
                    chain.check(event, Columns.digest(row));
                    events.add(event);
                }
            }
        }
    }

    /** Reads the room as it was after the newest batch: from the session table, and from the events after the mark. */
    static RoomState state(Connection connection) throws SQLException {
        LogRow log = LogRow.read(connection);
        Sessions sessions = Sessions.read(connection, log);
        long newest = log.markedThrough();
        List<StoredEvent> events;
        do {
            events = stored(connection, log, AFTER, newest, CHUNK);
            events.forEach(sessions::apply);
            newest = events.isEmpty() ? newest : events.get(events.size() - 1).lamportTime();
        } while (events.size() == CHUNK);
        newest = Chain.end(connection, log).lamportTime();
        if (newest < log.markedThrough()) {
            throw DamageException.ofEvent(log.markedThrough(), "is missing");
        }
        return new RoomState(Math.max(log.lamportTime(), newest), newest, sessions.stays());
    }
}
