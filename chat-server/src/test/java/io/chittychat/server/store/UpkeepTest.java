package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chittychat.server.store.FaultyConnections.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What is done in the background to a store that is in use. Event n has the Lamport time n. */
class UpkeepTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final FaultyConnections disk = new FaultyConnections();
    private Path file;
    private EventStore store;
    private RecordedRoom room;

    @BeforeEach
    void open() {
        file = Stores.copyOfNew(directory.resolve("chitty.db"));
        store = Stores.open(file, disk);
        room = new RecordedRoom(store);
        room.accepted(Commands.join("alice", 1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void messagesGoOnAfterAMarkForWhichThereIsNoSpace() {
        room.accepted(Commands.publish(1, 1));
        disk.failOnceInBackground(Fault.FULL);
        assertThatExceptionOfType(StoreException.Full.class).isThrownBy(store::mark);
        assertGoesOn();
    }

    @Test
    void messagesGoOnAfterARemovalForWhichThereIsNoSpace() {
        publishOneByOne(1, 20);
        store.mark();
        disk.failOnceInBackground(Fault.FULL);
        assertThatExceptionOfType(StoreException.Full.class).isThrownBy(this::removeMost);
        assertThat(store.page(0, 100).events()).hasSize(21);
        assertGoesOn();
    }

    @Test
    void messagesGoOnAfterAnErrorOfTheDiskInTheBackground() {
        room.accepted(Commands.publish(1, 1));
        disk.failOnceInBackground(new Fault(SQLiteErrorCode.SQLITE_IOERR_WRITE, false));
        assertThatExceptionOfType(StoreException.class).isThrownBy(store::mark);
        assertGoesOn();
    }

    /** From another thread, as in the service: a lock that is still held would let it wait for ever. */
    private void assertGoesOn() {
        assertThat(CompletableFuture.supplyAsync(() -> room.accepted(Commands.publish(1, 99))))
                .succeedsWithin(Duration.ofSeconds(30));
        store.mark();
        removeMost();
        StoredState state = StoredState.of(store);
        store.close();
        assertThat(StoreCheck.check(file).problems()).isEmpty();
        store = Stores.open(file);
        assertThat(StoredState.of(store)).isEqualTo(state);
    }

    private void removeMost() {
        store.remove(Instant.EPOCH, OptionalLong.of(1), 500);
    }

    private void publishOneByOne(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(sequence -> room.accepted(Commands.publish(1, sequence)));
    }

    /** A reader that began when everything was copied keeps SQLite from syncing what is written after that. */
    @Test
    void headIsKeptOnlyOfWhatIsSynced() throws SQLException {
        store.checkpoint();
        Head before = store.head();
        assertThat(Head.kept(file)).contains(before);
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = reader.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT * FROM log").close();
            room.accepted(Commands.publish(1, 1));
            store.checkpoint();
            assertThat(Head.kept(file)).contains(before);
            statement.execute("ROLLBACK");
        }
        store.checkpoint();
        assertThat(Head.kept(file)).contains(store.head());
    }

    @Test
    void headIsNotKeptByACloseThatSyncsNothing() throws SQLException {
        store.checkpoint();
        Head before = store.head();
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = reader.createStatement()) {
            statement.executeQuery("SELECT * FROM log").close(); // an open connection is enough
            room.accepted(Commands.publish(1, 1));
            store.close();
            assertThat(Head.kept(file)).contains(before);
        }
        store = Stores.open(file);
        store.close();
        assertThat(Head.kept(file)).contains(store.head());
    }

    @Test
    void messagesWaitForTheSessionsOfAFewHundredParticipantsOnly() throws SQLException {
        int participants = 1000;
        room.batch(LongStream.rangeClosed(2, participants)
                .mapToObj(session -> Commands.join("participant " + session, session))
                .toList());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Mark step = Mark.read(connection);
            step.write(connection);
            assertThat(step.isFull()).isTrue();
            assertThat(sessions(connection)).isBetween(200, 200 + PageRow.EVENTS);
            store.mark();
            assertThat(sessions(connection)).isEqualTo(participants);
        }
    }

    private static int sessions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM session")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    @Test
    void eventsAreCountedWithoutReadingThemAgain() {
        assertThat(store.count()).isEqualTo(1);
        publishOneByOne(1, 30);
        assertThat(store.count()).isEqualTo(31);
        store.remove(Instant.EPOCH, OptionalLong.of(10), 500);
        assertThat(store.count()).isEqualTo(10);
        publishOneByOne(31, 35);
        assertThat(store.count()).isEqualTo(15);

        Stores.execute(file, "DELETE FROM page"); // not through the store, so only a new count would notice
        assertThat(store.count()).isEqualTo(15);
    }

    @Test
    void oldEventsAreCopiedAndRemovedBeforeADamagedOne() {
        publishOneByOne(1, 20);
        store.mark();
        publishOneByOne(21, 1100);
        Stores.execute(file, Stores.set(500, "text", "'other'"), Stores.set(500, "type", "'nonsense'"));

        assertThatExceptionOfType(StoreException.Damaged.class).isThrownBy(store::checkpoint);
        assertThat(Head.kept(file)).contains(store.head());
        assertThat(store.remove(Instant.EPOCH, OptionalLong.of(1090), 500)).isEqualTo(11);
        assertThat(List.of(store.removedThrough())).containsExactly(11L);
    }
}
