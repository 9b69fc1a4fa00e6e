package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged store reports the damage, and never shows an event that was not recorded. Event n has the Lamport time n. */
class DamagedStoreTest {

    private static final int EVENTS = 2000; // more than are checked at the start

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private Path filled() {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (EventStore store = Stores.open(file)) {
            RecordedRoom room = new RecordedRoom(store);
            List<Command<?>> commands = new ArrayList<>();
            commands.add(Commands.join("alice", 1));
            for (int i = 2; i <= EVENTS; i++) {
                commands.add(Commands.publish(1, i));
            }
            room.batch(commands);
            store.checkpoint();
        }
        return file;
    }

    @Test
    void alteredEventIsNeverShownAndAllOthersAre() {
        Path file = filled();
        Stores.execute(file, Stores.set(500, "text", "'never said'"));
        try (EventStore store = Stores.open(file)) {
            assertThat(store.damage()).isEmpty();
            assertThat(store.page(0, 499).events()).hasSize(499);
            assertThat(store.page(0, 1000).events()).hasSize(499);
            assertThatThrownBy(() -> store.page(499, 1000))
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("event 500 is not what was recorded");
            assertThatThrownBy(() -> store.page(499, 1)).isInstanceOf(StoreException.Damaged.class);
            assertThatThrownBy(() -> store.before(501, 1)).isInstanceOf(StoreException.Damaged.class);
            assertThatThrownBy(() -> store.before(600, 200)).isInstanceOf(StoreException.Damaged.class);
            assertThatThrownBy(() -> store.at(List.of(7L, 500L))).isInstanceOf(StoreException.Damaged.class);
            assertThat(store.page(500, EVENTS).events()).hasSize(EVENTS - 500);
            assertThat(store.before(500, 100)).hasSize(100);
            assertThat(store.damage())
                    .hasValueSatisfying(found -> assertThat(found).startsWith("event 500 "));
        }
    }

    @Test
    void missingEventIsReported() {
        Path file = filled();
        Stores.execute(file, Stores.delete(500));
        try (EventStore store = Stores.open(file)) {
            assertThat(store.page(0, 600).events()).hasSize(499);
            assertThatThrownBy(() -> store.page(499, 600))
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("event 500 is missing");
            assertThatThrownBy(() -> store.before(600, 200)).isInstanceOf(StoreException.Damaged.class);
        }
    }

    @Test
    void alteredNewEventPreventsTheStart() {
        Path file = filled();
        Stores.execute(file, Stores.set(1990, "text", "'never said'"));
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("event 1990 is not what was recorded");
    }

    @Test
    void alteredSessionPreventsTheStart() {
        Path file = filled();
        Stores.execute(file, "UPDATE session SET participant = 'mallory'");
        try (EventStore store = Stores.open(file)) {
            assertThatThrownBy(store::recorded)
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining("the session of mallory is not what was recorded");
        }
    }

    @Test
    void logThatLostItsEndIsNoticed() throws IOException {
        Path file = filled();
        byte[] database = Files.readAllBytes(file);
        try (EventStore store = Stores.open(file)) {
            new RecordedRoom(store).accepted(Commands.publish(1, 9999));
            store.checkpoint();
        }
        Files.write(file, database);
        Files.deleteIfExists(Stores.wal(file));
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("it had events up to Lamport time 2001, and now ends with event 2000")
                .hasMessageContaining("delete " + Head.file(file));
        Files.delete(Head.file(file));
        Stores.open(file).close();
    }

    @Test
    void emptyOrMissingFileOfALogIsNoticed() throws IOException {
        Path file = filled();
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("it is empty, but " + file + ".head says that it had events");
        Files.delete(file);
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.Damaged.class)
                .hasMessageContaining("it is gone, but " + file + ".head says that it had events");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherLogInTheSamePlaceHasAnotherEpoch() throws IOException {
        Path file = filled();
        Path backup = directory.resolve("backup.db");
        StoreBackup.copy(file, backup);
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        try (EventStore store = Stores.open(file)) {
            new RecordedRoom(store).accepted(Commands.join("bob", 2));
            store.checkpoint();
        }
        assertThat(Head.kept(file)).contains(StoreCheck.head(file));
    }

    /** A write-ahead log fits any file that has its pages: SQLite looks at its checksums only. */
    @Test
    void olderWriteAheadLogIsNoticed() throws IOException {
        Path file = filled();
        byte[] older;
        try (EventStore store = Stores.open(file)) {
            RecordedRoom room = new RecordedRoom(store);
            room.batch(publishes(3001, 300));
            older = Files.readAllBytes(Stores.wal(file));
            room.batch(publishes(4001, 700));
            store.checkpoint();
        }
        Files.write(Stores.wal(file), older);
        assertNoticed(file, EVENTS + 1000);
    }

    @Test
    void writeAheadLogOfAnotherStoreIsNoticed() throws IOException {
        Path file = filled();
        Path other = directory.resolve("other.db");
        byte[] foreign;
        try (EventStore store = Stores.open(other)) { // a new one, with an epoch of its own
            RecordedRoom room = new RecordedRoom(store);
            room.accepted(Commands.join("mallory", 1));
            room.batch(publishes(1, 300));
            foreign = Files.readAllBytes(Stores.wal(other));
        }
        Files.write(Stores.wal(file), foreign);
        assertNoticed(file, EVENTS);
    }

    @Test
    void backupBesideTheWriteAheadLogOfItsOriginalIsNoticed() throws IOException {
        Path file = filled();
        Path backup = directory.resolve("backup.db");
        StoreBackup.copy(file, backup);
        byte[] original;
        try (EventStore store = Stores.open(file)) {
            new RecordedRoom(store).batch(publishes(3001, 700));
            original = Files.readAllBytes(Stores.wal(file));
        }
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        Files.write(Stores.wal(file), original);
        assertNoticed(file, EVENTS + 700);
    }

    private static List<Command<?>> publishes(int first, int count) {
        List<Command<?>> commands = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            commands.add(Commands.publish(1, i));
        }
        return commands;
    }

    /** It is refused; or it is another log as a whole, which is told; or it has all that it had, and the check holds. */
    private static void assertNoticed(Path file, int events) throws IOException {
        try {
            StoreCheck.check(file);
        } catch (StoreException.Damaged e) {
            // as bad as that
        }
        String epoch = Head.kept(file).orElseThrow().epoch();
        try (EventStore store = Stores.open(file)) {
            StoredState state = StoredState.of(store);
            state.assertChained();
            if (state.epoch().equals(epoch)) {
                assertThat(state.events()).hasSize(events);
            }
        } catch (StoreException.Damaged e) {
            assertThat(e).hasMessageContaining("restore a backup");
            Files.delete(Stores.wal(file)); // neither the start nor a check has written what it refused to the file
        }
        assertThat(StoreCheck.check(file).problems()).isEmpty();
    }

    @Test
    void readerWithoutEndIsReportedAndTheWriteAheadLogIsTruncatedAfterIt() throws Exception {
        Path file = filled();
        try (EventStore store = Stores.open(file)) {
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                reader.setAutoCommit(false);
                assertThat(reader.createStatement()
                                .executeQuery("SELECT * FROM log")
                                .next())
                        .isTrue();
                Stores.execute(file, "CREATE TABLE much (x)", "INSERT INTO much VALUES (zeroblob(80000000))");
                assertThat(store.isWalHeld()).isFalse();
                store.checkpoint();
                assertThat(store.isWalHeld()).isTrue();
            }
            store.checkpoint();
            assertThat(store.isWalHeld()).isFalse();
            store.checkpoint(); // nothing was written since the last one
            assertThat(Files.size(Stores.wal(file))).isZero();
        }
    }
}
