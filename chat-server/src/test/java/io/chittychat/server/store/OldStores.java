package io.chittychat.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** Stores of V1, without digests, and of V5, without pages. */
public final class OldStores {

    public static final String EPOCH = "7e6a5e0c-3a51-4a5c-9d0a-2f1f6f0f8a11";

    private static final int REMEMBERED = 256;

    private OldStores() {}

    /** A store without events. */
    public static Path make(Path file) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .locations("classpath:db/migration")
                .target("2")
                .load()
                .migrate();
        Stores.execute(file, "PRAGMA journal_mode = WAL", "INSERT INTO log (id, epoch) VALUES (1, '" + EPOCH + "')");
        return file;
    }

    /** Alice, who is present, joined at 1 and published {@code text n} with sequence n at each n from 2 on. */
    public static Path filled(Path file, int events) {
        make(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            writeEvents(connection, events);
            writeSession(connection, events);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    /** The same, of V5, whose events have digests. */
    public static Path withDigests(Path file, int events) {
        filled(file, events);
        migrate(file, "5");
        return file;
    }

    /** Returns the head of a store of V5. */
    public static Head head(Path file) {
        return heads(file, Stores.longs(file, "SELECT max(lamport_time) FROM event"))
                .get(0);
    }

    /** Returns the heads that a store of V5 had when these events were its newest. */
    public static List<Head> heads(Path file, List<Long> lamportTimes) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            List<Head> heads = new ArrayList<>();
            for (long time : lamportTimes) {
                heads.add(new Head(
                        EPOCH, time, EventTable.HEADS.digest(connection, time).orElseThrow()));
            }
            return heads;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves a store of V5 as a process does that is killed while it moves the events to pages. */
    public static void movePart(Path file, int events) {
        migrate(file, "6");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement insert = PageRow.prepareInsert(connection);
                PreparedStatement find = EventTable.prepareAfter(connection, events)) {
            PageEncoder encoder = new PageEncoder();
            find.setLong(1, 0);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    if (encoder.isFull()) {
                        encoder.end().addTo(insert);
                    }
                    EventTable.copy(row, encoder);
                }
            }
            encoder.end().addTo(insert);
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Stores.execute(file, "DELETE FROM event WHERE lamport_time <= (SELECT max(through) FROM page)");
    }

    private static void migrate(Path file, String version) {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .locations("classpath:db/migration")
                .javaMigrations(new ChainMigration(file), new PageMigration(file))
                .target(version)
                .load()
                .migrate();
    }

    private static void writeEvents(Connection connection, int events) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?, 'alice', ?, ?, ?, ?, ?)")) {
            for (long time = 1; time <= events; time++) {
                insert.setLong(1, time);
                insert.setLong(2, time - 1);
                insert.setString(3, time == 1 ? "joined" : "published");
                insert.setString(
                        4, time == 1 ? "Participant alice joined Chitty-Chat at Lamport time 1" : "text " + time);
                insert.setLong(5, time - 1);
                insert.setLong(6, time == 1 ? 0 : time);
                insert.setLong(7, Columns.micros(Instant.EPOCH.plusSeconds(time)));
                insert.setBytes(8, Columns.bytes(Commands.session(1)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void writeSession(Connection connection, int events) throws SQLException {
        var key = Commands.repeatableJoin("alice", 1, 8).key().orElseThrow();
        try (PreparedStatement session =
                        connection.prepareStatement("INSERT INTO session VALUES (?, 'alice', 'alice', 1, ?, ?)");
                PreparedStatement recent =
                        connection.prepareStatement("INSERT INTO recent_publish VALUES (?, ?, ?, ?)");
                PreparedStatement log =
                        connection.prepareStatement("UPDATE log SET lamport_time = ?, newest_event = ?")) {
            session.setBytes(1, Columns.bytes(Commands.session(1)));
            session.setBytes(2, Columns.bytes(key.request()));
            session.setBytes(3, Columns.bytes(key.salt()));
            session.executeUpdate();
            for (long time = Math.max(2, events - REMEMBERED + 1); time <= events; time++) {
                recent.setBytes(1, Columns.bytes(Commands.session(1)));
                recent.setLong(2, (time - 2) % REMEMBERED);
                recent.setLong(3, time);
                recent.setLong(4, time);
                recent.addBatch();
            }
            recent.executeBatch();
            log.setLong(1, events + 5);
            log.setLong(2, events);
            log.executeUpdate();
        }
    }
}
