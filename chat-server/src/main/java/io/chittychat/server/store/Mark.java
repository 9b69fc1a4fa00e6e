package io.chittychat.server.store;

import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A step of the mark: reads the next events after it, and changes the sessions of these events in the session table.
 *
 * <p>Threading: one thread in the background.
 */
final class Mark {

    private static final int STEP = 10_000; // events

    private final long through;
    private final int events;
    private final Set<SessionId> changed = new HashSet<>();
    private final Map<SessionId, RoomState.Stay> before = new HashMap<>();
    private final Sessions after = new Sessions();

    private Mark(long through, int events) {
        this.through = through;
        this.events = events;
    }

    /** Reads the next events after the mark, and the sessions that they change. */
    static Mark read(Connection connection) throws SQLException {
        LogRow log = LogRow.read(connection);
        List<Change> changes = changes(connection, log.markedThrough());
        long through = changes.isEmpty()
                ? log.markedThrough()
                : changes.get(changes.size() - 1).lamportTime();
        Mark mark = new Mark(through, changes.size());
        for (Change change : changes) {
            mark.apply(connection, log, change);
        }
        return mark;
    }

    /** The columns of an event that say how it changes its session. */
    private record Change(long lamportTime, SessionId session, boolean publish, long sequence) {}

    private static List<Change> changes(Connection connection, long after) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement("SELECT lamport_time, session_id, type, sequence"
                + " FROM event WHERE lamport_time > ? ORDER BY lamport_time LIMIT " + STEP)) {
            find.setLong(1, after);
            List<Change> changes = new ArrayList<>();
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    changes.add(change(row));
                }
            }
            return changes;
        }
    }

    private static Change change(ResultSet row) throws SQLException {
        long lamportTime = row.getLong(1);
        try {
            return new Change(
                    lamportTime,
                    Columns.session(row.getBytes(2)),
                    row.getString(3).equals(Columns.PUBLISHED),
                    row.getLong(4));
        } catch (RuntimeException e) { // a column is missing or too short
            throw DamageException.ofEvent(lamportTime, "cannot be read: " + e);
        }
    }

    private void apply(Connection connection, LogRow log, Change change) throws SQLException {
        if (change.publish() && change.sequence() == 0) {
            return;
        }
        if (changed.add(change.session())) {
            Optional<RoomState.Stay> recorded = Sessions.find(connection, change.session());
            recorded.ifPresent(stay -> before.put(stay.session(), stay));
            recorded.ifPresent(after::put);
        }
        if (change.publish()) {
            after.published(change.session(), change.sequence(), change.lamportTime());
        } else {
            after.apply(LogReader.stored(connection, log, change.lamportTime()));
        }
    }

    /** Whether there are no events after the mark. */
    boolean isEmpty() {
        return events == 0;
    }

    /** Whether there may be events after these. */
    boolean hasMore() {
        return events == STEP;
    }

    /** Replaces the changed sessions in the table, and moves the mark. */
    void write(Connection connection) throws SQLException {
        LogRow log = LogRow.read(connection);
        Digest all = log.sessionsDigest();
        for (RoomState.Stay stay : before.values()) { // first, because another session may have the name now
            Sessions.delete(connection, stay.session());
            all = all.xor(Sessions.digest(stay));
        }
        for (RoomState.Stay stay : after.stays()) {
            all = all.xor(Sessions.write(connection, stay));
        }
        log.withMark(through, all).write(connection);
    }
}
