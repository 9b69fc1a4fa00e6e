package io.chittychat.server.store;

import io.chittychat.server.room.SessionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a store that only a node of several has: its place in the log that they share, and the presences of sessions. A
 * store of a single process does not have these tables.
 *
 * @param node the id of the node
 * @param place the node's place in the shared log, which this package does not interpret; empty at its beginning
 * @param presences of all present sessions, which this package does not interpret
 */
public record Replica(long node, byte[] place, Map<SessionId, byte[]> presences) {

    private static final String[] TABLES = {
        // One row: the node, and its place in the shared log after the newest event.
        "CREATE TABLE replica (id INTEGER PRIMARY KEY CHECK (id = 1), node INTEGER NOT NULL, place BLOB NOT NULL,"
                + " digest BLOB NOT NULL)",
        "CREATE TABLE presence (session_id BLOB PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID"
    };

    /**
     * A change of the replica, recorded together with a batch of events.
     *
     * @param place the place after the batch
     * @param presences the presences that changed; empty ones have ended
     */
    public record Change(byte[] place, Map<SessionId, Optional<byte[]>> presences) {}

    static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'replica'")) {
            return row.next();
        }
    }

    /**
     * Makes a new store a replica, or checks that a store is one of the same log.
     *
     * @param epoch the identity of the shared log
     * @param node the id of the node if the store has none yet
     */
    static void prepare(Connection connection, Path file, String epoch, long node) throws SQLException {
        LogRow log = LogRow.read(connection);
        if (!exists(connection)) {
            if (Chain.end(connection, log).lamportTime() != 0 || log.lamportTime() != 0) {
                throw refused("the store " + file
                        + " has a log of its own, of a service without other nodes. A node of several needs"
                        + " another file: --chitty.store.file=PATH");
            }
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            log.withEpoch(epoch).write(connection);
            write(connection, node, new byte[0]);
        } else if (!log.epoch().equals(epoch)) {
            throw refused("the store " + file + " is a copy of another shared log: its epoch is " + log.epoch()
                    + ", and that of the shared log is " + epoch + ", which was perhaps deleted and made again."
                    + " To begin with the new log, give this node another file: --chitty.store.file=PATH");
        } else if (read(connection).node() == 0) { // a seed
            write(connection, node, read(connection).place());
        }
    }

    /** Checks that a store is none of several nodes: with events of its own, it would not fit the shared log any more. */
    static void checkIsNone(Connection connection, Path file) throws SQLException {
        if (exists(connection)) {
            throw refused("the store " + file + " is a node's copy of a shared log. Start the service with"
                    + " --chitty.log.engine=kafka, or go on without other nodes on a copy: ./chitty backup");
        }
    }

    private static StoreException refused(String message) {
        return new StoreException(message, new SQLException(message));
    }

    /** Makes a copy no replica any more. */
    static void drop(Connection connection) throws SQLException {
        if (exists(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE replica");
                statement.execute("DROP TABLE presence");
            }
        }
    }

    /** Makes a copy the beginning of another node, which gets an id of its own when it starts. */
    static void makeSeed(Connection connection) throws SQLException {
        write(connection, 0, read(connection).place());
    }

    static Replica read(Connection connection) throws SQLException {
        long node;
        byte[] place;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT node, place, digest FROM replica")) {
            if (!row.next()) {
                throw new DamageException("the place in the shared log is missing");
            }
            node = row.getLong(1);
            place = row.getBytes(2);
            if (!digest(node, place).equals(Columns.digest(row.getBytes(3), "the place in the shared log"))) {
                throw new DamageException("the place in the shared log is not what was written");
            }
        }
        Map<SessionId, byte[]> presences = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT session_id, state FROM presence")) {
            while (row.next()) {
                presences.put(Columns.session(row.getBytes(1)), row.getBytes(2));
            }
        }
        return new Replica(node, place, presences);
    }

    static void write(Connection connection, long node, Change change) throws SQLException {
        write(connection, node, change.place());
        try (PreparedStatement put =
                        connection.prepareStatement("REPLACE INTO presence (session_id, state) VALUES (?, ?)");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM presence WHERE session_id = ?")) {
            for (Map.Entry<SessionId, Optional<byte[]>> entry :
                    change.presences().entrySet()) {
                byte[] session = Columns.bytes(entry.getKey());
                if (entry.getValue().isPresent()) {
                    put.setBytes(1, session);
                    put.setBytes(2, entry.getValue().get());
                    put.addBatch();
                } else {
                    delete.setBytes(1, session);
                    delete.addBatch();
                }
            }
            put.executeBatch();
            delete.executeBatch();
        }
    }

    private static void write(Connection connection, long node, byte[] place) throws SQLException {
        try (PreparedStatement put =
                connection.prepareStatement("REPLACE INTO replica (id, node, place, digest) VALUES (1, ?, ?, ?)")) {
            put.setLong(1, node);
            put.setBytes(2, place);
            put.setBytes(3, digest(node, place).bytes());
            put.executeUpdate();
        }
    }

    private static Digest digest(long node, byte[] place) {
        return Digester.begin('r').put(node).put(place).end();
    }
}
