package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The log's one row.
 *
 * @param epoch identity of the log's life
 * @param lamportTime of the service's clock, if accepted readers moved it past the newest event
 * @param markedThrough the session table is as it was after the event at this Lamport time
 * @param sessionsDigest of the session table
 * @param removedThrough events up to this Lamport time were removed
 * @param removedDigest of the event at that time
 */
record LogRow(
        String epoch,
        long lamportTime,
        long markedThrough,
        Digest sessionsDigest,
        long removedThrough,
        Digest removedDigest) {

    private static final String COLUMNS =
            "epoch, lamport_time, marked_through, sessions_digest, removed_through, removed_digest, digest";

    /** Of a log in which nothing has happened. */
    static LogRow begin(String epoch) {
        return new LogRow(epoch, 0, 0, Digest.NONE, 0, Digest.NONE);
    }

    /** @throws DamageException if it is not as it was written */
    static LogRow read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + COLUMNS + " FROM log WHERE id = 1")) {
            if (!row.next()) {
                throw new DamageException("the log has no row");
            }
            LogRow log = new LogRow(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    Columns.digest(row.getBytes(4), "the set of sessions"),
                    row.getLong(5),
                    Columns.digest(row.getBytes(6), "the newest removed event"));
            if (!log.digest().equals(Columns.digest(row.getBytes(7), "the log's row"))) {
                throw new DamageException("the log's row (epoch, clock, mark) is not as it was written");
            }
            return log;
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement put =
                connection.prepareStatement("REPLACE INTO log (id, " + COLUMNS + ") VALUES (1, ?, ?, ?, ?, ?, ?, ?)")) {
            put.setString(1, epoch);
            put.setLong(2, lamportTime);
            put.setLong(3, markedThrough);
            put.setBytes(4, sessionsDigest.bytes());
            put.setLong(5, removedThrough);
            put.setBytes(6, removedDigest.bytes());
            put.setBytes(7, digest().bytes());
            put.executeUpdate();
        }
    }

    private Digest digest() {
        return new Digester()
                .begin('l')
                .put(epoch)
                .put(lamportTime)
                .put(markedThrough)
                .put(sessionsDigest)
                .put(removedThrough)
                .put(removedDigest)
                .end();
    }

    LogRow withEpoch(String other) {
        return new LogRow(other, lamportTime, markedThrough, sessionsDigest, removedThrough, removedDigest);
    }

    LogRow withLamportTime(long time) {
        return new LogRow(epoch, time, markedThrough, sessionsDigest, removedThrough, removedDigest);
    }

    LogRow withMark(long through, Digest sessions) {
        return new LogRow(epoch, lamportTime, through, sessions, removedThrough, removedDigest);
    }

    LogRow withRemoved(long through, Digest digest) {
        return new LogRow(epoch, lamportTime, markedThrough, sessionsDigest, through, digest);
    }
}
