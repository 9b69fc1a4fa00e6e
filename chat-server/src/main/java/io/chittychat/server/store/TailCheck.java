package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks the newest events of a store when it is opened: whether they hang together, and with what the log says. */
final class TailCheck {

    private static final int TAIL = 1000; // events

    private TailCheck() {}

    static void check(ReadConnections connections, Path file) throws SQLException {
        String problem = connections.read(TailCheck::problem);
        if (!problem.isEmpty()) {
            throw Sqlite.damaged(file, new SQLException(problem));
        }
    }

    /** What is wrong, or nothing. */
    private static String problem(Connection connection) throws SQLException {
        LogReader.LogRow log = LogReader.log(connection);
        if (log.newestEvent() > log.lamportTime()) {
            return "its newest event is later than its clock";
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT lamport_time, previous_lamport_time FROM event ORDER BY lamport_time DESC LIMIT " + TAIL)) {
            long expected = log.newestEvent();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) != expected) {
                        return "after the event at " + row.getLong(1) + " one is missing";
                    }
                    expected = row.getLong(2);
                }
            }
            return expected <= log.removedThrough() || expected == 0 || isThere(connection, expected)
                    ? ""
                    : "the event at " + expected + " is missing";
        }
    }

    private static boolean isThere(Connection connection, long lamportTime) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM event WHERE lamport_time = ?")) {
            statement.setLong(1, lamportTime);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
