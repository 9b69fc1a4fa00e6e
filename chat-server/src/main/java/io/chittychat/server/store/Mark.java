package io.chittychat.server.store;

import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
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
    private static final int SESSIONS = 200; // that change, about; up to 4 KB are written for each

    private long through;
    private int events;
    private final Set<SessionId> changed = new HashSet<>();
    private final Map<SessionId, RoomState.Stay> before = new HashMap<>();
    private final Sessions after = new Sessions();

    private Mark(long through) {
        this.through = through;
    }

    /** Reads the next events after the mark, and the sessions that they change. */
    static Mark read(Connection connection) throws SQLException {
        LogRow log = LogRow.read(connection);
        Mark mark = new Mark(log.markedThrough());
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT " + PageRow.COLUMNS + " FROM page WHERE through > ? ORDER BY through")) {
            find.setLong(1, log.markedThrough());
            try (ResultSet row = find.executeQuery()) {
                while (!mark.isFull() && row.next()) {
                    mark.read(connection, log, PageRow.of(row));
                }
            }
        }
        return mark;
    }

    private void read(Connection connection, LogRow log, PageRow page) throws SQLException {
        try (PageEvents read = new PageEvents(page)) {
            while (read.next()) {
                if (read.lamportTime() > log.markedThrough()) {
                    apply(connection, log, read);
                }
            }
        }
    }

    private void apply(Connection connection, LogRow log, PageEvents read) throws SQLException {
        events++;
        through = read.lamportTime();
        if (read.isPublished()) {
            long sequence = read.sequence();
            if (sequence != 0) {
                find(connection, read.session());
                after.published(read.session(), sequence, through);
            }
        } else {
            StoredEvent event = read.event();
            read.chain(connection, log, event).check(event, read.digest());
            find(connection, read.session());
            after.apply(event);
        }
    }

    /** Reads a session that changes for the first time. */
    private void find(Connection connection, SessionId session) throws SQLException {
        if (changed.add(session)) {
            Optional<RoomState.Stay> recorded = Sessions.find(connection, session);
            recorded.ifPresent(stay -> before.put(stay.session(), stay));
            recorded.ifPresent(after::put);
        }
    }

    /** Whether there are no events after the mark. */
    boolean isEmpty() {
        return events == 0;
    }

    /** Whether this step ends here, so that there may be events after these. */
    boolean isFull() {
        return events >= STEP || changed.size() >= SESSIONS;
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
