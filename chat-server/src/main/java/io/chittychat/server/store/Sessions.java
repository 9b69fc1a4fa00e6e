package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RecentPublishes;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sessions that follow from events, and the session table, which has the sessions as of the mark.
 *
 * <p>Threading: one thread at a time.
 */
final class Sessions {

    private static final String COLUMNS = "session_id, participant, name_key, joined_lamport_time, joined_at,"
            + " request_digest, token_salt, forgotten_through, recent_publishes, digest";

    private final Map<SessionId, Followed> present = new HashMap<>();

    /** A session, with its publishes apart, because they change. */
    private record Followed(RoomState.Stay joined, RecentPublishes publishes) {

        Followed(RoomState.Stay stay) {
            this(stay, new RecentPublishes(stay.publishes()));
        }

        RoomState.Stay stay() {
            return joined.with(publishes.state());
        }
    }

    /**
     * Reads the session table.
     *
     * @throws DamageException if the table is not what was written
     */
    static Sessions read(Connection connection, LogRow log) throws SQLException {
        Sessions sessions = new Sessions();
        Digest all = Digest.NONE;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + COLUMNS + " FROM session")) {
            while (row.next()) {
                RoomState.Stay stay = stay(row);
                sessions.put(stay);
                all = all.xor(digest(stay));
            }
        }
        if (!all.equals(log.sessionsDigest())) {
            throw new DamageException("a session is missing, or an ended session is still there");
        }
        return sessions;
    }

    /** Reads a session from the table; empty if it is not there. */
    static Optional<RoomState.Stay> find(Connection connection, SessionId id) throws SQLException {
        try (PreparedStatement find =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM session WHERE session_id = ?")) {
            find.setBytes(1, Columns.bytes(id));
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(stay(row)) : Optional.empty();
            }
        }
    }

    void put(RoomState.Stay stay) {
        present.put(stay.session(), new Followed(stay));
    }

    boolean has(SessionId session) {
        return present.containsKey(session);
    }

    /** Returns the Lamport time of a session's publish with that sequence; empty if it is not remembered. */
    OptionalLong find(SessionId session, long sequence) {
        Followed followed = present.get(session);
        return followed == null ? OptionalLong.empty() : followed.publishes().find(sequence);
    }

    /** Applies an event. An event of an unknown session changes nothing, unless it is its join. */
    void apply(StoredEvent stored) {
        Event.Header header = stored.event().header();
        if (stored.event() instanceof Event.Left) {
            present.remove(header.session());
        } else if (stored.join().isPresent()) {
            put(joined(header, stored.join().get()));
        } else {
            published(header.session(), stored.sequence(), header.lamportTime());
        }
    }

    /** Applies a published event, which changes the session if the publish is repeatable. */
    void published(SessionId session, long sequence, long lamportTime) {
        Followed followed = present.get(session);
        if (followed != null && sequence != 0) {
            followed.publishes().remember(sequence, lamportTime);
        }
    }

    private static RoomState.Stay joined(Event.Header header, StoredEvent.Join join) {
        return new RoomState.Stay(
                header.session(),
                new ParticipantName(header.participant(), join.nameKey()),
                header.lamportTime(),
                header.recordedAt(),
                join.key(),
                RoomState.Presence.of(header.session()),
                RoomState.Publishes.NONE);
    }

    /** Returns a session; empty if its participant is not present. */
    Optional<RoomState.Stay> stay(SessionId session) {
        return Optional.ofNullable(present.get(session)).map(Followed::stay);
    }

    /** Returns all sessions, in the order of their joins. */
    List<RoomState.Stay> stays() {
        List<RoomState.Stay> stays =
                new ArrayList<>(present.values().stream().map(Followed::stay).toList());
        stays.sort((one, other) -> Long.compare(one.joinedLamportTime(), other.joinedLamportTime()));
        return stays;
    }

    /** Adds a session to the table, and returns its digest. */
    static Digest write(Connection connection, RoomState.Stay stay) throws SQLException {
        Digest digest = digest(stay);
        try (PreparedStatement put = connection.prepareStatement(
                "INSERT INTO session (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            put.setBytes(1, Columns.bytes(stay.session()));
            put.setString(2, stay.name().value());
            put.setString(3, stay.name().key());
            put.setLong(4, stay.joinedLamportTime());
            put.setLong(5, Columns.micros(stay.joinedAt()));
            Columns.set(put, 6, stay.key());
            put.setLong(8, stay.publishes().forgottenThrough());
            put.setBytes(9, bytes(stay.publishes().recent()));
            put.setBytes(10, digest.bytes());
            put.executeUpdate();
            return digest;
        }
    }

    static void delete(Connection connection, SessionId session) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE session_id = ?")) {
            delete.setBytes(1, Columns.bytes(session));
            delete.executeUpdate();
        }
    }

    static Digest digest(RoomState.Stay stay) {
        return Digester.begin('s')
                .put(stay.session())
                .put(stay.name().value())
                .put(stay.name().key())
                .put(stay.joinedLamportTime())
                .put(Columns.micros(stay.joinedAt()))
                .put(stay.key())
                .put(stay.publishes().forgottenThrough())
                .put(bytes(stay.publishes().recent()))
                .end();
    }

    private static RoomState.Stay stay(ResultSet row) throws SQLException {
        RoomState.Stay stay;
        try {
            SessionId id = Columns.session(row.getBytes(1));
            stay = new RoomState.Stay(
                    id,
                    new ParticipantName(row.getString(2), row.getString(3)),
                    row.getLong(4),
                    Columns.instant(row.getLong(5)),
                    Columns.key(row.getBytes(6), row.getBytes(7)),
                    RoomState.Presence.of(id),
                    new RoomState.Publishes(row.getLong(8), recent(row.getBytes(9))));
        } catch (RuntimeException e) { // a column is missing or too short
            throw new DamageException("a session cannot be read: " + e);
        }
        String of = "the session of " + stay.name();
        if (!digest(stay).equals(Columns.digest(row.getBytes(10), of))) {
            throw new DamageException(of + " is not what was recorded: its digest does not fit");
        }
        return stay;
    }

    private static byte[] bytes(List<RoomState.RecentPublish> recent) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * recent.size());
        recent.forEach(publish -> buffer.putLong(publish.sequence()).putLong(publish.lamportTime()));
        return buffer.array();
    }

    private static List<RoomState.RecentPublish> recent(byte[] bytes) {
        List<RoomState.RecentPublish> recent = new ArrayList<>();
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            recent.add(new RoomState.RecentPublish(buffer.getLong(), buffer.getLong()));
        }
        return recent;
    }
}
