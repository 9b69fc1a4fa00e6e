package io.chittychat.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

    /** Finds a row if the events are in pages, and if they are in rows of their own that have digests. */
    private static final String HAS_PAGES = "SELECT 1 FROM sqlite_schema WHERE name = 'page'"
            + " AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'event')";

    private static final String HAS_DIGESTS = "SELECT 1 FROM pragma_table_info('event') WHERE name = 'digest'"
            + " AND NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'page')";

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
     * Checks a store that was not opened for writing yet, so that one that is refused stays as it is. Of a store of an
     * older version with digests it checks the head only.
     *
     * @return false if the events were not checked, because the store is new, or of an older version
     * @throws SQLException if it is not what was recorded
     */
    static boolean checkUnwritten(Path file) throws SQLException {
        if (Head.kept(file).isEmpty() || file.toFile().length() == 0) {
            return false;
        }
        try (ReadConnections readers = new ReadConnections(Sqlite.readOnly(file))) {
            boolean hasPages = readers.read(connection -> hasRow(connection, HAS_PAGES));
            if (hasPages) {
                check(readers, file);
            } else if (readers.read(connection -> hasRow(connection, HAS_DIGESTS))) {
                checkHead(readers, file, EventTable.HEADS);
            }
            return hasPages;
        }
    }

    private static boolean hasRow(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next();
        }
    }

    static void check(ReadConnections connections, Path file) throws SQLException {
        connections.read(connection -> {
            LogReader.checkTail(connection, LogRow.read(connection), beforeTail(connection));
            return true;
        });
        checkHead(connections, file, LogReader.HEADS);
    }

    private static void checkHead(ReadConnections connections, Path file, Head.Finder heads) throws SQLException {
        Optional<Head> kept = Head.kept(file);
        if (kept.isPresent()) {
            connections.read(connection -> {
                checkHead(kept.get(), connection, file, heads);
                return true;
            });
        }
    }

    private static void checkHead(Head kept, Connection connection, Path file, Head.Finder heads) throws SQLException {
        LogRow log = LogRow.read(connection);
        if (!kept.epoch().equals(log.epoch())) {
            LOG.warn("{} is another log than before: its epoch is {}, not {}", file, log.epoch(), kept.epoch());
            return;
        }
        Optional<String> missing = kept.missingIn(connection, log, heads);
        if (missing.isPresent()) {
            throw new DamageException(missing.get() + "; to use the events that are left, delete " + Head.file(file));
        }
    }

    /** Returns the Lamport time of the event before the newest pages; 0 if there are no others. */
    private static long beforeTail(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT through, " + PageRow.COUNT + " FROM page ORDER BY through DESC")) {
            for (long events = 0; row.next(); events += row.getInt(2)) {
                if (events >= TAIL) {
                    return row.getLong(1);
                }
            }
            return 0;
        }
    }
}
