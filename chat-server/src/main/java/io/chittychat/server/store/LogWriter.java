package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes batches: each is one transaction, and with it one sync.
 *
 * <p>Threading: the room thread only.
 */
final class LogWriter implements AutoCloseable {

    private static final int SLOTS = 256;

    private final Connection connection;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertSession;
    private final PreparedStatement deleteSession;
    private final PreparedStatement putRecent;
    private final PreparedStatement deleteRecent;
    private final PreparedStatement updateLog;

    /** The slot that each session's newest repeatable publish took. */
    private final Map<SessionId, Integer> lastSlots = new HashMap<>();

    LogWriter(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        insertEvent = connection.prepareStatement(
                "INSERT INTO event (" + Columns.EVENT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insertSession = connection.prepareStatement("INSERT INTO session (session_id, participant, name_key,"
                + " joined_lamport_time, request_digest, token_salt) VALUES (?, ?, ?, ?, ?, ?)");
        deleteSession = connection.prepareStatement("DELETE FROM session WHERE session_id = ?");
        putRecent = connection.prepareStatement(
                "REPLACE INTO recent_publish (session_id, slot, sequence, lamport_time) VALUES (?, ?, ?, ?)");
        deleteRecent = connection.prepareStatement("DELETE FROM recent_publish WHERE session_id = ?");
        updateLog = connection.prepareStatement("UPDATE log SET lamport_time = ?, newest_event = max(newest_event, ?)");
    }

    /** Makes the slots what they are on the disk. */
    void startFrom(Map<SessionId, Integer> recorded) {
        lastSlots.clear();
        lastSlots.putAll(recorded);
    }

    /** Writes a batch as a whole; on failure nothing of it, and {@link #startFrom} must be called before the next. */
    void write(List<Event> events, List<Result.Joined> joins, long lamportTime) throws SQLException {
        try {
            Iterator<Result.Joined> made = joins.iterator();
            long newest = 0;
            for (Event event : events) {
                if (event instanceof Event.Joined) {
                    writeSession(made.next()); // in its turn: whoever had the name may have left in the same batch
                }
                write(event);
                newest = event.header().lamportTime();
            }
            insertEvent.executeBatch();
            putRecent.executeBatch();
            updateLog.setLong(1, lamportTime);
            updateLog.setLong(2, newest);
            updateLog.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            rollBack(e);
            throw e;
        }
    }

    /** Ends what is left of a batch. If that fails, it is no more known what the next batch would be a part of. */
    private void rollBack(SQLException cause) throws SQLException {
        try {
            insertEvent.clearBatch();
            putRecent.clearBatch();
            beginUnlessBegun();
            connection.rollback();
        } catch (SQLException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    /** SQLite ends a transaction by itself when it has no space for it; JDBC, which does not know, begins no other one. */
    private void beginUnlessBegun() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT begun"); // begins a transaction where there is none
        }
    }

    private void writeSession(Result.Joined join) throws SQLException {
        Optional<JoinKey> key = join.key();
        insertSession.setBytes(1, Columns.bytes(join.session()));
        insertSession.setString(2, join.name().value());
        insertSession.setString(3, join.name().key());
        insertSession.setLong(4, join.lamportTime());
        insertSession.setBytes(5, key.map(k -> Columns.bytes(k.request())).orElse(null));
        insertSession.setBytes(6, key.map(k -> Columns.bytes(k.salt())).orElse(null));
        insertSession.executeUpdate();
    }

    private void write(Event event) throws SQLException {
        Event.Header header = event.header();
        byte[] session = Columns.bytes(header.session());
        long sequence = event instanceof Event.Published published ? published.sequence() : 0;
        insertEvent.setLong(1, header.lamportTime());
        insertEvent.setLong(2, header.previousLamportTime());
        insertEvent.setString(3, Columns.type(event));
        insertEvent.setString(4, header.participant());
        insertEvent.setString(5, event.text());
        insertEvent.setLong(6, header.participantLamportTime());
        insertEvent.setLong(7, sequence);
        insertEvent.setLong(8, Columns.micros(header.recordedAt()));
        insertEvent.setBytes(9, session);
        insertEvent.addBatch();
        if (sequence != 0) {
            remember(header, session, sequence);
        } else if (event instanceof Event.Left) {
            forget(header.session(), session);
        }
    }

    private void remember(Event.Header header, byte[] session, long sequence) throws SQLException {
        int slot = (lastSlots.getOrDefault(header.session(), -1) + 1) % SLOTS;
        lastSlots.put(header.session(), slot);
        putRecent.setBytes(1, session);
        putRecent.setInt(2, slot);
        putRecent.setLong(3, sequence);
        putRecent.setLong(4, header.lamportTime());
        putRecent.addBatch();
    }

    private void forget(SessionId id, byte[] session) throws SQLException {
        putRecent.executeBatch(); // what is to be forgotten must be there
        deleteRecent.setBytes(1, session);
        deleteRecent.executeUpdate();
        deleteSession.setBytes(1, session);
        deleteSession.executeUpdate();
        lastSlots.remove(id);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
