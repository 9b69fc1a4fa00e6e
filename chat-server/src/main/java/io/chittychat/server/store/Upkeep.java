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
 * What has to be done to a store now and then, in small steps, so that the room thread hardly waits for it.
 *
 * <p>Threading: one thread in the background.
 */
final class Upkeep implements AutoCloseable {

    private final Connection connection;
    private final Lock writes;

    /** @param writes held while something is written, so that the room thread does not wait for longer than that */
    Upkeep(Sqlite sqlite, Lock writes) throws SQLException {
        this.writes = writes;
        connection = sqlite.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL"); // the room thread's next sync is soon enough
        }
    }

    /**
     * What came of a checkpoint.
     *
     * @param synced whether everything that was written is synced; not if another program is doing a checkpoint
     * @param moved whether all of it is in the main file; not if a reader still needs the file as it was
     */
    record Checkpoint(boolean synced, boolean moved) {}

    /** Syncs what was written, and moves it into the main file. */
    Checkpoint checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next()
                    ? new Checkpoint(row.getInt(1) == 0, row.getInt(2) == row.getInt(3))
                    : new Checkpoint(false, false);
        }
    }

    /** Whether the store's lock is free. */
    boolean canLock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            waitAgain();
        }
    }

    private void waitAgain() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + Sqlite.BUSY_TIMEOUT);
        }
    }

    /** Makes the write-ahead log short again, unless a reader uses it just now. */
    void truncate() throws SQLException {
        writes.lock();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0"); // the room thread must not wait for readers
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            writes.unlock();
            waitAgain();
        }
    }

    /** How many events were removed, and through which Lamport time. */
    record Removed(int events, long through) {}

    /** Removes some of the oldest events, at most so many. */
    Removed remove(Instant recordedBefore, OptionalLong maxEvents, int limit) throws SQLException {
        long firstKept =
                Math.max(firstYoung(recordedBefore), maxEvents.isPresent() ? firstOf(maxEvents.getAsLong()) : 0);
        long firstUnmarked = LogRow.read(connection).markedThrough() + 1; // sessions need what is not marked
        long through = lastOfOldest(Math.min(firstKept, firstUnmarked), limit);
        return through > 0 ? new Removed(remove(through), through) : new Removed(0, 0);
    }

    /** How many events there are. Reads the whole table. */
    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The oldest event that is young enough. Reads only what is to be removed. */
    private long firstYoung(Instant recordedBefore) throws SQLException {
        long young = query(
                "SELECT lamport_time FROM event WHERE recorded_at >= ? ORDER BY lamport_time LIMIT 1",
                Columns.micros(recordedBefore));
        return young > 0 ? young : Long.MAX_VALUE;
    }

    /** The oldest of the newest so many events; 0 if there are fewer. */
    private long firstOf(long newest) throws SQLException {
        return newest == 0
                ? Long.MAX_VALUE
                : query("SELECT lamport_time FROM event ORDER BY lamport_time DESC LIMIT 1 OFFSET ?", newest - 1);
    }

    /** The oldest event that is kept; 0 if none is. */
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
     * Brings the session table up to the newest events, some thousand of them at a time. Reads first: the room thread waits only
     * while the sessions are written that have changed.
     *
     * @return whether there are more
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
        connection.setAutoCommit(false); // one state of the log
        try {
            return reading.read(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** What is done in a transaction. */
    private interface Writing<T> {
        T run() throws SQLException;
    }

    private <T> T write(Writing<T> writing) throws SQLException {
        writes.lock();
        try {
            connection.setAutoCommit(false);
            T result = writing.run();
            connection.commit();
            return result;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
            writes.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
