package io.chittychat.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What has to be done to a store now and then, in small steps, so that the room thread hardly waits for it.
 *
 * <p>Threading: one thread in the background.
 */
final class Upkeep implements AutoCloseable {

    private static final int CHUNK = 500; // events

    private final Connection connection;

    Upkeep(Sqlite sqlite) throws SQLException {
        connection = sqlite.connect();
    }

    void checkpoint() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /** Removes a chunk of the oldest events. Returns the Lamport time up to which events are gone, if any went. */
    OptionalLong remove(Instant recordedBefore, OptionalLong maxEvents) throws SQLException {
        long firstKept =
                Math.max(firstYoung(recordedBefore), maxEvents.isPresent() ? firstOf(maxEvents.getAsLong()) : 0);
        OptionalLong through = chunkBefore(firstKept);
        if (through.isPresent()) {
            remove(through.getAsLong());
        }
        return through;
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

    private OptionalLong chunkBefore(long firstKept) throws SQLException {
        long through = query(
                "SELECT max(lamport_time) FROM (SELECT lamport_time FROM event WHERE lamport_time < ?"
                        + " ORDER BY lamport_time LIMIT " + CHUNK + ")",
                firstKept);
        return through > 0 ? OptionalLong.of(through) : OptionalLong.empty();
    }

    private long query(String sql, long parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private void remove(long through) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM event WHERE lamport_time <= ?");
                PreparedStatement note = connection.prepareStatement("UPDATE log SET removed_through = ?")) {
            note.setLong(1, through); // first, so that the transaction begins as a writing one
            note.executeUpdate();
            delete.setLong(1, through);
            delete.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
