package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.locks.Lock;

/**
 * The connection of {@link Upkeep}, and its SQL. It writes in small steps, so that the room thread waits for little. If a
 * transaction fails, the connection is replaced: to close it ends the transaction, whatever SQLite has made of it.
 *
 * <p>Threading: one background thread.
 */
final class UpkeepConnection implements AutoCloseable {

    private final Sqlite sqlite;
    private final Lock writing;
    private Connection connection;

    /** @param writing held during each transaction that writes; SQLite's own lock would make the room thread poll */
    UpkeepConnection(Sqlite sqlite, Lock writing) throws SQLException {
        this.sqlite = sqlite;
        this.writing = writing;
        connection = connect();
    }

    private Connection connect() throws SQLException {
        Connection connection = sqlite.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL"); // the room thread's next sync is soon enough
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Statement statement() throws SQLException {
        return connection().createStatement();
    }

    private Connection connection() throws SQLException {
        if (connection.isClosed()) {
            connection = connect();
        }
        return connection;
    }

    /**
     * Syncs the write-ahead log, and copies it to the main file.
     *
     * @return whether the main file contains everything that was written, and so is synced; false if a reader still needs
     *     its older state, when SQLite may have synced nothing, or if another program runs a checkpoint
     */
    boolean checkpoint() throws SQLException {
        try (Statement statement = statement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next() && row.getInt(1) == 0 && row.getInt(2) == row.getInt(3);
        }
    }

    /** Whether no other program holds the store's lock. */
    boolean canLock() throws SQLException {
        try (Statement statement = statement()) {
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
        try (Statement statement = statement()) {
            statement.execute("PRAGMA busy_timeout = " + Sqlite.BUSY_TIMEOUT);
        }
    }

    /** Truncates the write-ahead log, unless a reader uses it at the moment. */
    void truncate() throws SQLException {
        writing.lock();
        try (Statement statement = statement()) {
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
     *
     * @param tooMany the number of the oldest events that are too many; none if it is not positive
     */
    Removed remove(Instant recordedBefore, long tooMany, int limit) throws SQLException {
        Removed old = new Removed(0, 0);
        long micros = Columns.micros(recordedBefore);
        try (PreparedStatement find = connection()
                .prepareStatement("SELECT " + PageRow.COLUMNS + " FROM page WHERE through <= ? ORDER BY through")) {
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
        return LogReader.count(connection());
    }

    /** Returns the Lamport time of the oldest event; 0 if there is none. */
    long oldest() throws SQLException {
        return LogReader.oldest(connection(), LogRow.read(connection));
    }

    private void remove(long through) throws SQLException {
        write(connection -> {
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
     * Moves the mark by some thousand events, or some hundred sessions. It reads them before it takes the lock, so that the room thread waits
     * only while the changed sessions are written.
     *
     * @return whether there are more events
     */
    boolean mark() throws SQLException {
        Mark mark = transact(Mark::read); // one transaction reads one state of the log
        if (mark.isEmpty()) {
            return false;
        }
        return write(connection -> {
            mark.write(connection);
            return mark.isFull();
        });
    }

    /** The work of a transaction. */
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T write(Work<T> work) throws SQLException {
        writing.lock();
        try {
            return transact(work);
        } finally {
            writing.unlock();
        }
    }

    private <T> T transact(Work<T> work) throws SQLException {
        Connection used = connection();
        try {
            used.setAutoCommit(false);
            T result = work.run(used);
            used.commit();
            used.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            close(used, e);
            throw e;
        }
    }

    private static void close(Connection failed, Exception cause) {
        try {
            failed.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
