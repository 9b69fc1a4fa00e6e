package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Writes batches. Each batch is one transaction, and so one sync; its events are one row, or a few if they are many.
 *
 * <p>Threading: the room thread only.
 */
final class LogWriter implements AutoCloseable {

    private final Connection connection;
    private final Chain chain;
    private final PageEncoder encoder = new PageEncoder();
    private final PreparedStatement insert;

    /** @param chain a position after the newest event */
    LogWriter(Connection connection, Chain chain) throws SQLException {
        this.connection = connection;
        this.chain = chain;
        connection.setAutoCommit(false);
        insert = PageRow.prepareInsert(connection);
    }

    /** Returns the Lamport time of the newest event. */
    long newestEvent() {
        return chain.lamportTime();
    }

    /** Returns the digest of the newest event. */
    Digest head() {
        return chain.head();
    }

    /** What is written in the same transaction as a batch. */
    interface Addition {
        /** Nothing. */
        Addition NONE = connection -> {};

        void write(Connection connection) throws SQLException;
    }

    /** Writes a batch as a whole; if it throws, nothing is written. */
    void write(List<Event> events, List<Result.Joined> joins, long lamportTime) throws SQLException {
        write(events, joins, lamportTime, Addition.NONE);
    }

    void write(List<Event> events, List<Result.Joined> joins, long lamportTime, Addition addition) throws SQLException {
        long newest = chain.lamportTime();
        Digest head = chain.head();
        try {
            Iterator<Result.Joined> join = joins.iterator();
            for (Event event : events) {
                if (encoder.isFull()) {
                    encoder.end().addTo(insert);
                }
                StoredEvent stored = event instanceof Event.Joined ? joined(event, join.next()) : StoredEvent.of(event);
                encoder.add(stored, chain.append(stored));
            }
            if (!encoder.isEmpty()) {
                encoder.end().addTo(insert);
                insert.executeBatch();
            }
            if (lamportTime > chain.lamportTime()) {
                LogRow.read(connection).withLamportTime(lamportTime).write(connection);
            }
            addition.write(connection);
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
            encoder.clear();
            insert.clearBatch();
            Sqlite.rollBack(connection);
        } catch (SQLException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    private static StoredEvent joined(Event event, Result.Joined join) {
        return new StoredEvent(
                event, Optional.of(new StoredEvent.Join(join.name().key(), join.key())));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
