package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The progress of a search index. It is a row of the index, and is written in the transaction that adds the words.
 *
 * @param epoch the epoch of the log that is indexed
 * @param version the version of the index's format
 * @param lamportTime the Lamport time of the newest event that is indexed
 * @param recordedAt the time at which that event was recorded, in microseconds since 1970; it distinguishes the event
 *     from another one at the same Lamport time
 */
record IndexProgress(String epoch, String version, long lamportTime, long recordedAt) {

    /** The version of the tables, and of Java, whose Unicode tables decide what a letter is, and so what a word is. */
    private static final String VERSION = "3, Java " + Runtime.version().feature();

    /** Returns the progress of an empty index. */
    static IndexProgress none(String epoch) {
        return new IndexProgress(epoch, VERSION, 0, 0);
    }

    /** Returns the progress after an event is indexed. */
    IndexProgress upTo(Event last) {
        Event.Header header = last.header();
        return new IndexProgress(epoch, version, header.lamportTime(), Columns.micros(header.recordedAt()));
    }

    /** Whether the index belongs to this log: whether the log still has the newest event that is indexed. */
    boolean isOf(EventStore log) {
        return isOf(log.epoch())
                && (lamportTime <= log.removedThrough()
                        || log.before(lamportTime + 1, 1).stream().anyMatch(event -> equals(upTo(event))));
    }

    /** Whether the index belongs to the log of an epoch, and has the format that this program reads. */
    boolean isOf(String logEpoch) {
        return epoch.equals(logEpoch) && version.equals(VERSION);
    }

    static void makeTable(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE IF NOT EXISTS progress (id INTEGER PRIMARY KEY CHECK (id = 1),"
                + " epoch TEXT NOT NULL, version TEXT NOT NULL, lamport_time INTEGER NOT NULL,"
                + " recorded_at INTEGER NOT NULL)");
    }

    static IndexProgress read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT epoch, version, lamport_time, recorded_at FROM progress")) {
            if (!row.next()) {
                throw new SQLException("the index does not say how far it has come");
            }
            return new IndexProgress(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4));
        }
    }

    void write(Connection connection, boolean replace) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                (replace ? "REPLACE" : "INSERT OR IGNORE") + " INTO progress VALUES (1, ?, ?, ?, ?)")) {
            put.setString(1, epoch);
            put.setString(2, version);
            put.setLong(3, lamportTime);
            put.setLong(4, recordedAt);
            put.executeUpdate();
        }
    }
}
