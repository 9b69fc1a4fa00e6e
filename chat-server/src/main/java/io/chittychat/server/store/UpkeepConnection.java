package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;

/**
 * The connection of {@link Upkeep}, and its SQL. It writes in small steps, so that the room thread waits for little.
 *
 * <p>Threading: one background thread.
 */
final class UpkeepConnection implements AutoCloseable {

    private final Connection connection;
    private final Lock writing;

    /** @param writing held during each transaction that writes; SQLite's own lock would make the room thread poll */
    UpkeepConnection(Sqlite sqlite, Lock writing) throws SQLException {
        this.writing = writing;
        connection = sqlite.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL"); // the room thread's next sync is soon enough
        }
    }

    /**
     * The result of a checkpoint.
     *
     * @param synced whether everything that was written is synced; false if another program runs a checkpoint
     * @param copied whether the main file contains everything; false if a reader still needs its older state
     */
    record Checkpoint(boolean synced, boolean copied) {}

    /** Syncs the write-ahead log, and copies it to the main file. */
    Checkpoint checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next()
                    ? new Checkpoint(row.getInt(1) == 0, row.getInt(2) == row.getInt(3))
                    : new Checkpoint(false, false);
        }
    }

    /** Whether no other program holds the store's lock. */
    boolean canLock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            restoreTimeout();
        }
    }

    private void restoreTimeout() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + Sqlite.BUSY_TIMEOUT);
        }
    }

    /** Truncates the write-ahead log, unless a reader uses it at the moment. */
    void truncate() throws SQLException {
        writing.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0"); // the room thread must not wait for readers
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            writing.unlock();
            restoreTimeout();
        }
    }

    /** The number of events that were removed, and the Lamport time of the newest of them. */
    record Removed(int events, long through) {}

    /** Removes at most {@code limit} events: the oldest of those that are too old or too many, up to the mark. */
    Removed remove(Instant recordedBefore, OptionalLong maxEvents, int limit) throws SQLException {
        long firstKept =
                Math.max(firstYoung(recordedBefore), maxEvents.isPresent() ? firstOf(maxEvents.getAsLong()) : 0);
        long firstUnmarked = LogRow.read(connection).markedThrough() + 1; // its session depends on it
        long through = lastOfOldest(Math.min(firstKept, firstUnmarked), limit);
        return through > 0 ? new Removed(remove(through), through) : new Removed(0, 0);
    }

    /** Counts the events. It reads the whole table. */
    long count() throws SQLException {
        return LogReader.count(connection);
    }

    /** Returns the oldest event that is young enough. It reads only the events before that. */
    private long firstYoung(Instant recordedBefore) throws SQLException {
        long young = query(
                "SELECT lamport_time FROM event WHERE recorded_at >= ? ORDER BY lamport_time LIMIT 1",
                Columns.micros(recordedBefore));
        return young > 0 ? young : Long.MAX_VALUE;
    }

    /** Returns the oldest of the newest {@code count} events; 0 if there are fewer. */
    private long firstOf(long count) throws SQLException {
        return count == 0
                ? Long.MAX_VALUE
                : query("SELECT lamport_time FROM event ORDER BY lamport_time DESC LIMIT 1 OFFSET ?", count - 1);
    }

    /** Returns the Lamport time of the oldest event; 0 if there is none. */
    long oldest() throws SQLException {
        return LogReader.oldest(connection);
    }

    private long lastOfOldest(long firstKept, int limit) throws SQLException {
        return query(
                "SELECT max(lamport_time) FROM (SELECT lamport_time FROM event WHERE lamport_time < ?"
                        + " ORDER BY lamport_time LIMIT " + limit + ")",
                firstKept);
    }

    private long query(String sql, long parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private int remove(long through) throws SQLException {
        return write(() -> {
            LogRow log = LogRow.read(connection);
            Digest digest = Chain.after(connection, log, through).head();
            log.withRemoved(through, digest).write(connection);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM event WHERE lamport_time <= ?")) {
                delete.setLong(1, through);
                return delete.executeUpdate();
            }
        });
    }

    /**
     * Moves the mark by some thousand events. It reads them before it takes the lock, so that the room thread waits
     * only while the changed sessions are written.
     *
     * @return whether there are more events
     */
    boolean mark() throws SQLException {
        Mark mark = read(Mark::read);
        if (mark.isEmpty()) {
            return false;
        }
        return write(() -> {
            mark.write(connection);
            return mark.hasMore();
        });
    }

    private <T> T read(ReadConnections.Reading<T> reading) throws SQLException {
        connection.setAutoCommit(false); // one transaction reads one state of the log
        try {
            return reading.read(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The work of a transaction. */
    private interface Writing<T> {
        T run() throws SQLException;
    }

    private <T> T write(Writing<T> work) throws SQLException {
        writing.lock();
        try {
            connection.setAutoCommit(false);
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
            writing.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
