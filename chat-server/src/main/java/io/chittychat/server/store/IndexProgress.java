package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How far an index has come, and of which log. Its one row is written together with what is indexed.
 *
 * @param epoch of the log
 * @param version what the index means
 * @param lamportTime all events up to this one are indexed
 * @param recordedAt when that event was recorded, in microseconds since 1970: with another one it is another event
 */
record IndexProgress(String epoch, String version, long lamportTime, long recordedAt) {

    /** Of the tables; and the Java that tells letters from others, since words are what it makes of a text. */
    private static final String VERSION = "2, Java " + Runtime.version().feature();

    static IndexProgress none(String epoch) {
        return new IndexProgress(epoch, VERSION, 0, 0);
    }

    /** The same index when it goes up to an event. */
    IndexProgress upTo(Event last) {
        Event.Header header = last.header();
        return new IndexProgress(epoch, version, header.lamportTime(), Columns.micros(header.recordedAt()));
    }

    /** Whether this is the progress of an index of a log, of which the last event that was indexed is still a part. */
    boolean isOf(EventStore log) {
        if (!epoch.equals(log.epoch()) || !version.equals(VERSION)) {
            return false;
        }
        return lamportTime <= log.removedThrough()
                || log.before(lamportTime + 1, 1).stream().anyMatch(event -> equals(upTo(event)));
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
