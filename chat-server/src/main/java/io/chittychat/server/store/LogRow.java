package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The one row of the table log.
 *
 * @param epoch the log's identity
 * @param lamportTime the time of the service's clock, if it has passed the newest event, as a Broadcast makes it do
 * @param markedThrough the mark: the Lamport time of the newest event that the session table includes
 * @param sessionsDigest the digest of the session table
 * @param removedThrough the Lamport time up to which events were removed
 * @param removedDigest the digest of the newest removed event
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

    /** Returns the row of a new log. */
    static LogRow begin(String epoch) {
        return new LogRow(epoch, 0, 0, Digest.NONE, 0, Digest.NONE);
    }

    /** @throws DamageException if the row is not what was written */
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
        return Digester.begin('l')
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
