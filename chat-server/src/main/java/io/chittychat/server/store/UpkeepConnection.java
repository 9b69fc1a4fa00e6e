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

    /**
     * Removes the oldest pages whose events are all too old or too many, up to the mark: at most {@code limit} events, or
     * one page.
     */
    Removed remove(Instant recordedBefore, OptionalLong maxEvents, int limit) throws SQLException {
        Removed old = new Removed(0, 0);
        long tooMany = maxEvents.isPresent() ? count() - maxEvents.getAsLong() : 0;
        long micros = Columns.micros(recordedBefore);
        try (PreparedStatement find = connection.prepareStatement(
                "SELECT " + PageRow.COLUMNS + " FROM page WHERE through <= ? ORDER BY through")) {
            find.setLong(1, LogRow.read(connection).markedThrough()); // a session depends on what comes after the mark
            try (ResultSet row = find.executeQuery()) {
                int events = 0;
                while (row.next()) {
                    PageRow page = PageRow.of(row);
                    events += page.count();
                    Age age = events <= tooMany ? Age.OLD : age(page, micros);
                    if (age == Age.YOUNG || (events > limit && old.events() > 0)) {
                        break;
                    }
                    old = age == Age.OLD ? new Removed(events, page.through()) : old;
                }
            }
        }
        if (old.events() > 0) {
            remove(old.through());
        }
        return old;
    }

    /** The age of a page's events. It is unknown if the page is damaged. */
    private enum Age {
        OLD,
        YOUNG,
        UNKNOWN
    }

    private static Age age(PageRow page, long recordedBefore) {
        try (PageEvents events = new PageEvents(page)) {
            while (events.next()) {
                if (events.recordedAt() >= recordedBefore) {
                    return Age.YOUNG;
                }
            }
            return Age.OLD;
        } catch (DamageException e) {
            return Age.UNKNOWN; // it is as old as the page after it
        }
    }

    /** Counts the events. It reads the whole table, but not what the events say. */
    long count() throws SQLException {
        return LogReader.count(connection);
    }

    /** Returns the Lamport time of the oldest event; 0 if there is none. */
    long oldest() throws SQLException {
        return LogReader.oldest(connection, LogRow.read(connection));
    }

    private void remove(long through) throws SQLException {
        write(() -> {
            LogRow log = LogRow.read(connection);
            Digest digest = Chain.after(connection, log, through).head();
            log.withRemoved(through, digest).write(connection);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM page WHERE through <= ?")) {
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
