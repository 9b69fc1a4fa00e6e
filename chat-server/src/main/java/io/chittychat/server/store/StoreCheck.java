package io.chittychat.server.store;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Checks a store from end to end: that the file is whole, that the log is in order and unbroken, and that every session
 * has its one beginning and at most one end. A server may be using the store meanwhile.
 */
public final class StoreCheck {

    private static final int MOST = 20; // problems that are told

    private final List<String> problems = new ArrayList<>();
    private long events;
    private int present;

    private StoreCheck() {}

    /**
     * What was found.
     *
     * @param events how many events were looked at
     * @param present how many sessions have not ended
     * @param problems what does not hold, each a sentence; the first {@value #MOST}
     */
    public record Report(long events, int present, List<String> problems) {}

    /**
     * Checks a store.
     *
     * @throws StoreException if it cannot be read at all
     */
    public static Report check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("there is no store " + file, new FileNotFoundException(file.toString()));
        }
        Sqlite sqlite = new Sqlite(file.toAbsolutePath(), Durability.FSYNC, UnaryOperator.identity());
        StoreCheck check = new StoreCheck();
        try (Connection connection = sqlite.connect()) {
            connection.setAutoCommit(false); // one state of the log throughout
            check.integrity(connection);
            if (check.problems.isEmpty()) {
                check.log(connection);
            }
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, file);
        }
        return new Report(
                check.events, check.present, check.problems.stream().limit(MOST).toList());
    }

    private void integrity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + MOST + ")")) {
            while (row.next()) {
                if (!row.getString(1).equals("ok")) {
                    problems.add("the file is damaged: " + row.getString(1));
                }
            }
        }
    }

    private void log(Connection connection) throws SQLException {
        LogReader.LogRow log = LogReader.log(connection);
        SessionsCheck sessions = new SessionsCheck(log.removedThrough(), problems::add);
        long previous = log.removedThrough();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT " + Columns.EVENT + " FROM event ORDER BY lamport_time")) {
            while (row.next() && problems.size() < MOST) {
                events++;
                previous = order(row, previous);
                sessions.take(Columns.event(row));
            }
        }
        if (problems.size() < MOST) {
            ends(log, previous);
            sessions.compare(LogReader.state(connection, new HashMap<>()));
            present = sessions.sessions();
        }
    }

    private long order(ResultSet row, long previous) throws SQLException {
        long time = row.getLong(1);
        if (time <= previous) {
            problems.add("event " + time + " is not after the event at " + previous);
        }
        if (row.getLong(2) != previous) {
            problems.add("event " + time + " follows the event at " + row.getLong(2) + ", but the one before it is at "
                    + previous);
        }
        if (row.getLong(6) >= time) {
            problems.add("event " + time + " is not after the request that caused it, at " + row.getLong(6));
        }
        return time;
    }

    private void ends(LogReader.LogRow log, long newest) {
        if (log.newestEvent() != newest) {
            problems.add("the newest event is at " + newest + ", but the log says " + log.newestEvent());
        }
        if (log.lamportTime() < newest) {
            problems.add("the clock is at " + log.lamportTime() + ", before the newest event at " + newest);
        }
    }
}
