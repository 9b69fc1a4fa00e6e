package io.chittychat.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the end of a store when it is opened: that the newest events are what was recorded, and that none is missing
 * after them.
 */
final class TailCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TailCheck.class);
    private static final int TAIL = 1000; // events

    private TailCheck() {}

    /**
     * Checks a file before anything is written to it.
     *
     * @throws StoreException.Damaged if the file is missing or empty, but its head had events
     */
    static void checkFile(Path file) {
        Optional<Head> kept = Head.kept(file);
        if (kept.isPresent() && kept.get().lamportTime() > 0 && file.toFile().length() == 0) {
            throw Sqlite.damaged(
                    file,
                    new DamageException((Files.exists(file) ? "it is empty" : "it is gone") + ", but "
                            + Head.file(file) + " says that it had events up to Lamport time "
                            + kept.get().lamportTime()));
        }
    }

    /**
     * Checks a store that was not opened for writing yet, so that one that is refused stays as it is.
     *
     * @return false if nothing was checked, because the store is new, or of a version without digests
     * @throws SQLException if it is not what was recorded
     */
    static boolean checkUnwritten(Path file) throws SQLException {
        if (Head.kept(file).isEmpty() || file.toFile().length() == 0) {
            return false;
        }
        try (ReadConnections readers = new ReadConnections(Sqlite.readOnly(file))) {
            boolean hasDigests = readers.read(TailCheck::hasDigests);
            if (hasDigests) {
                check(readers, file);
            }
            return hasDigests;
        }
    }

    private static boolean hasDigests(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT 1 FROM pragma_table_info('log') WHERE name = 'sessions_digest'")) {
            return row.next();
        }
    }

    static void check(ReadConnections connections, Path file) throws SQLException {
        connections.read(connection -> {
            LogRow log = LogRow.read(connection);
            LogReader.checkTail(connection, log, beforeTail(connection));
            checkHead(connection, log, file);
            return true;
        });
    }

    private static void checkHead(Connection connection, LogRow log, Path file) throws SQLException {
        Optional<Head> kept = Head.kept(file);
        if (kept.isEmpty()) {
            return;
        }
        if (!kept.get().epoch().equals(log.epoch())) {
            LOG.warn(
                    "{} is another log than before: its epoch is {}, not {}",
                    file,
                    log.epoch(),
                    kept.get().epoch());
            return;
        }
        Optional<String> missing = kept.get().missingIn(connection, log);
        if (missing.isPresent()) {
            throw new DamageException(missing.get() + "; to use the events that are left, delete " + Head.file(file));
        }
    }

    /** Returns the Lamport time of the event before the newest ones; 0 if there are no others. */
    private static long beforeTail(Connection connection) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(
                        "SELECT lamport_time FROM event ORDER BY lamport_time DESC LIMIT 1 OFFSET " + TAIL);
                ResultSet row = find.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
