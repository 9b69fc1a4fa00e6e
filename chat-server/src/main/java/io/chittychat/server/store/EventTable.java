package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The table event, which stores had until V7 instead of the table page: it has a row for each event. */
final class EventTable {

    private static final String COLUMNS =
            "lamport_time, previous_lamport_time, type, participant, text, participant_lamport_time,"
                    + " sequence, recorded_at, session_id, digest, name_key, request_digest, token_salt";

    static final Head.Finder HEADS = new Head.Finder() {
        @Override
        public Chain end(Connection connection, LogRow log) throws SQLException {
            return find(connection, "ORDER BY lamport_time DESC LIMIT ?", 1).orElseGet(() -> Chain.begin(log));
        }

        @Override
        public Optional<Digest> digest(Connection connection, long lamportTime) throws SQLException {
            return find(connection, "WHERE lamport_time = ?", lamportTime).map(Chain::head);
        }
    };

    private EventTable() {}

    private static Optional<Chain> find(Connection connection, String which, long parameter) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement("SELECT lamport_time, digest FROM event " + which)) {
            find.setLong(1, parameter);
            try (ResultSet row = find.executeQuery()) {
                return row.next()
                        ? Optional.of(new Chain(row.getLong(1), Digest.of(padded(row.getBytes(2)))))
                        : Optional.empty();
            }
        }
    }

    static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Prepares a query for the events after a Lamport time, its parameter. */
    static PreparedStatement prepareAfter(Connection connection, int limit) throws SQLException {
        return connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM event WHERE lamport_time > ? ORDER BY lamport_time LIMIT " + limit);
    }

    /**
     * Reads an event, without what only its session needs.
     *
     * @throws DamageException if the service cannot have written the row
     */
    static Event event(ResultSet row) throws SQLException {
        long lamportTime = row.getLong(1);
        try {
            Event.Header header = new Event.Header(
                    lamportTime,
                    row.getLong(2),
                    row.getLong(6),
                    Columns.instant(row.getLong(8)),
                    Columns.session(row.getBytes(9)),
                    row.getString(4));
            String type = row.getString(3);
            String text = row.getString(5);
            if (type.equals(Columns.PUBLISHED)) {
                return new Event.Published(header, text, row.getLong(7));
            }
            Event event = type.equals(Columns.JOINED) ? new Event.Joined(header) : new Event.Left(header);
            if (!type.equals(Columns.type(event)) || !text.equals(event.text())) {
                throw DamageException.ofEvent(lamportTime, "has another type or text");
            }
            return event;
        } catch (RuntimeException e) { // a column is missing or too short
            throw DamageException.ofEvent(lamportTime, "cannot be read: " + e);
        }
    }

    /** Adds the row to a page as it is: what is damaged in it is damaged in the page. */
    static void copy(ResultSet row, PageEncoder page) throws SQLException {
        JsonGenerator json = page.begin(row.getLong(1));
        json.writeNumber(row.getLong(2));
        json.writeNumber(row.getLong(8));
        String type = row.getString(3);
        json.writeString(type);
        json.writeString(row.getString(4));
        json.writeString(row.getString(5));
        json.writeNumber(row.getLong(6));
        json.writeNumber(row.getLong(7));
        if (Columns.JOINED.equals(type)) {
            json.writeString(row.getString(11));
            page.writeHex(Optional.ofNullable(row.getBytes(12)));
            page.writeHex(Optional.ofNullable(row.getBytes(13)));
        }
        page.end(Columns.session(padded(row.getBytes(9))), Digest.of(padded(row.getBytes(10))));
    }

    private static byte[] padded(byte @Nullable [] bytes) {
        return Arrays.copyOf(bytes == null ? new byte[0] : bytes, Digest.BYTES);
    }
}
