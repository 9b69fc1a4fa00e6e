package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import io.chittychat.server.room.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Writes batches: each is one transaction, and with it one sync. An event is one row and nothing else.
 *
 * <p>Threading: the room thread only.
 */
final class LogWriter implements AutoCloseable {

    private static final String INSERT =
            "INSERT INTO event (" + Columns.EVENT + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ";

    private final Connection connection;
    private final Chain chain;
    private final PreparedStatement insertEvent;
    private final PreparedStatement insertJoined;

    /** @param chain ends with the newest event */
    LogWriter(Connection connection, Chain chain) throws SQLException {
        this.connection = connection;
        this.chain = chain;
        connection.setAutoCommit(false);
        insertEvent = connection.prepareStatement(INSERT + "NULL, NULL, NULL)");
        insertJoined = connection.prepareStatement(INSERT + "?, ?, ?)");
    }

    /** Lamport time of the newest event that was written. */
    long newestEvent() {
        return chain.lamportTime();
    }

    /** The digest of the newest event that was written. */
    Digest head() {
        return chain.head();
    }

    /** Writes a batch as a whole; on failure nothing of it. */
    void write(List<Event> events, List<Result.Joined> joins, long lamportTime) throws SQLException {
        long newest = chain.lamportTime();
        Digest head = chain.head();
        try {
            Iterator<Result.Joined> made = joins.iterator();
            for (Event event : events) {
                if (event instanceof Event.Joined) {
                    write(event, made.next());
                } else {
                    write(event);
                }
            }
            insertEvent.executeBatch();
            if (lamportTime > chain.lamportTime()) {
                LogRow.read(connection).withLamportTime(lamportTime).write(connection);
            }
            connection.commit();
        } catch (SQLException e) {
            chain.backTo(newest, head);
            rollBack(e);
            throw e;
        }
    }

    /** Ends what is left of a batch. If that fails, it is no more known what the next batch would be a part of. */
    private void rollBack(SQLException cause) throws SQLException {
        try {
            insertEvent.clearBatch();
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

    private void write(Event event) throws SQLException {
        set(insertEvent, StoredEvent.of(event));
        insertEvent.addBatch();
    }

    private void write(Event event, Result.Joined join) throws SQLException {
        insertEvent.executeBatch(); // rows are appended in order
        Optional<JoinKey> key = join.key();
        set(
                insertJoined,
                new StoredEvent(
                        event, Optional.of(new StoredEvent.Join(join.name().key(), key))));
        insertJoined.setString(11, join.name().key());
        insertJoined.setBytes(12, key.map(k -> Columns.bytes(k.request())).orElse(null));
        insertJoined.setBytes(13, key.map(k -> Columns.bytes(k.salt())).orElse(null));
        insertJoined.executeUpdate();
    }

    private void set(PreparedStatement insert, StoredEvent stored) throws SQLException {
        Event event = stored.event();
        Event.Header header = event.header();
        insert.setLong(1, header.lamportTime());
        insert.setLong(2, header.previousLamportTime());
        insert.setString(3, Columns.type(event));
        insert.setString(4, header.participant());
        insert.setString(5, event.text());
        insert.setLong(6, header.participantLamportTime());
        insert.setLong(7, stored.sequence());
        insert.setLong(8, Columns.micros(header.recordedAt()));
        insert.setBytes(9, Columns.bytes(header.session()));
        insert.setBytes(10, chain.append(stored).bytes());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
