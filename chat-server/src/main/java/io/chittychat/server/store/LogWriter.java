package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Writes batches. Each batch is one transaction, and so one sync; each event is one row of one table.
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

    /** @param chain a position after the newest event */
    LogWriter(Connection connection, Chain chain) throws SQLException {
        this.connection = connection;
        this.chain = chain;
        connection.setAutoCommit(false);
        insertEvent = connection.prepareStatement(INSERT + "NULL, NULL, NULL)");
        insertJoined = connection.prepareStatement(INSERT + "?, ?, ?)");
    }

    /** Returns the Lamport time of the newest event. */
    long newestEvent() {
        return chain.lamportTime();
    }

    /** Returns the digest of the newest event. */
    Digest head() {
        return chain.head();
    }

    /** Writes a batch as a whole; if it throws, nothing is written. */
    void write(List<Event> events, List<Result.Joined> joins, long lamportTime) throws SQLException {
        long newest = chain.lamportTime();
        Digest head = chain.head();
        try {
            Iterator<Result.Joined> join = joins.iterator();
            for (Event event : events) {
                if (event instanceof Event.Joined) {
                    write(event, join.next());
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
            chain.moveTo(newest, head);
            rollBack(e);
            throw e;
        }
    }

    /** Rolls a failed batch back. If that fails, too, the next batch might commit parts of it. */
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

    /**
     * SQLite itself ends a transaction when the disk is full. The JDBC driver does not notice, and would not begin
     * another one.
     */
    private void beginUnlessBegun() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT begun"); // begins a transaction if there is none
        }
    }

    private void write(Event event) throws SQLException {
        set(insertEvent, StoredEvent.of(event));
        insertEvent.addBatch();
    }

    private void write(Event event, Result.Joined join) throws SQLException {
        insertEvent.executeBatch(); // the events before it: rows are inserted in order
        StoredEvent.Join stored = new StoredEvent.Join(join.name().key(), join.key());
        set(insertJoined, new StoredEvent(event, Optional.of(stored)));
        insertJoined.setString(11, stored.nameKey());
        Columns.set(insertJoined, 12, stored.key());
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
