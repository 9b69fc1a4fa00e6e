package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import java.nio.file.Path;
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
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * V4: adds digests to the events of a store that has none, and fills the tables of V3 from those of V1. It is one
 * transaction: if the process ends during it, the next start repeats it.
 */
final class ChainMigration implements JavaMigration {

    private static final int CHUNK = 10_000; // events

    private final Path file;

    ChainMigration(Path file) {
        this.file = file;
    }

    /** The one row of V1's table log. */
    private record OldLog(String epoch, long lamportTime, long newestEvent, long removedThrough) {}

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("4");
    }

    @Override
    public String getDescription() {
        return "chain of digests";
    }

    @Override
    public Integer getChecksum() {
        return 4;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        OldLog old = log(connection);
        Map<SessionId, RoomState.Stay> present = present(connection);
        Sessions sessions = chain(connection, old, present);
        Digest all = Digest.NONE;
        for (RoomState.Stay stay : present.values()) {
            long forgotten = sessions.stay(stay.session())
                    .map(followed -> followed.publishes().forgottenThrough())
                    .orElse(0L);
            RoomState.Stay recorded = stay.with(
                    new RoomState.Publishes(forgotten, stay.publishes().recent()));
            all = all.xor(Sessions.write(connection, recorded));
        }
        LogRow.begin(old.epoch())
                .withLamportTime(old.lamportTime())
                .withMark(old.newestEvent(), all)
                .withRemoved(old.removedThrough(), Digest.NONE)
                .write(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE recent_publish");
            statement.execute("DROP TABLE session_v1");
            statement.execute("DROP TABLE log_v1");
        }
    }

    /** Adds the digest to every event. Returns the sessions that the events make. */
    private Sessions chain(Connection connection, OldLog old, Map<SessionId, RoomState.Stay> present)
            throws SQLException {
        Sessions sessions = new Sessions();
        present.values().stream()
                .filter(stay -> stay.joinedLamportTime() <= old.removedThrough())
                .forEach(stay -> sessions.put(stay.with(RoomState.Publishes.NONE)));
        Chain chain = new Chain(old.removedThrough(), Digest.NONE);
        MigrationProgress progress =
                new MigrationProgress("Adding digests to the events of " + file, EventTable.count(connection));
        try (PreparedStatement update = connection.prepareStatement("UPDATE event SET digest = ?, name_key = ?,"
                + " request_digest = ?, token_salt = ? WHERE lamport_time = ?")) {
            List<StoredEvent> events;
            do {
                events = events(connection, chain.lamportTime(), present);
                for (StoredEvent event : events) {
                    sessions.apply(event);
                    set(update, event, chain.append(event));
                    update.addBatch();
                }
                update.executeBatch();
                progress.add(events.size());
            } while (events.size() == CHUNK);
        }
        return sessions;
    }

    private static void set(PreparedStatement update, StoredEvent event, Digest digest) throws SQLException {
        update.setBytes(1, digest.bytes());
        update.setString(2, event.join().map(StoredEvent.Join::nameKey).orElse(null));
        Columns.set(update, 3, event.join().flatMap(StoredEvent.Join::key));
        update.setLong(5, event.lamportTime());
    }

    private static List<StoredEvent> events(Connection connection, long after, Map<SessionId, RoomState.Stay> present)
            throws SQLException {
        try (PreparedStatement find = EventTable.prepareAfter(connection, CHUNK)) {
            find.setLong(1, after);
            List<StoredEvent> events = new ArrayList<>();
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    events.add(withJoin(EventTable.event(row), present));
                }
            }
            return events;
        }
    }

    private static StoredEvent withJoin(Event event, Map<SessionId, RoomState.Stay> present) {
        if (!(event instanceof Event.Joined)) {
            return StoredEvent.of(event);
        }
        RoomState.Stay stay = present.get(event.header().session());
        StoredEvent.Join join = stay == null
                ? new StoredEvent.Join(
                        ParticipantName.of(event.header().participant()).key(), Optional.empty())
                : new StoredEvent.Join(stay.name().key(), stay.key());
        return new StoredEvent(event, Optional.of(join));
    }

    private static OldLog log(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT epoch, lamport_time, newest_event, removed_through FROM log_v1 WHERE id = 1")) {
            return row.next()
                    ? new OldLog(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4))
                    : new OldLog(UUID.randomUUID().toString(), 0, 0, 0);
        }
    }

    private static Map<SessionId, RoomState.Stay> present(Connection connection) throws SQLException {
        Map<SessionId, List<RoomState.RecentPublish>> recent = recent(connection);
        Map<SessionId, RoomState.Stay> present = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT session_id, participant, name_key, joined_lamport_time,"
                        + " request_digest, token_salt, (SELECT recorded_at FROM event"
                        + " WHERE lamport_time = joined_lamport_time) FROM session_v1")) {
            while (row.next()) {
                SessionId id = Columns.session(row.getBytes(1));
                present.put(
                        id,
                        new RoomState.Stay(
                                id,
                                new ParticipantName(row.getString(2), row.getString(3)),
                                row.getLong(4),
                                Columns.instant(row.getLong(7)),
                                Columns.key(row.getBytes(5), row.getBytes(6)),
                                RoomState.Presence.of(id),
                                new RoomState.Publishes(0, recent.getOrDefault(id, List.of()))));
            }
        }
        return present;
    }

    private static Map<SessionId, List<RoomState.RecentPublish>> recent(Connection connection) throws SQLException {
        Map<SessionId, List<RoomState.RecentPublish>> recent = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT session_id, sequence, lamport_time FROM recent_publish ORDER BY lamport_time")) {
            while (row.next()) {
                recent.computeIfAbsent(Columns.session(row.getBytes(1)), any -> new ArrayList<>())
                        .add(new RoomState.RecentPublish(row.getLong(2), row.getLong(3)));
            }
        }
        return recent;
    }
}
