package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.RoomState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration of a store without digests keeps all its content. */
class ChainMigrationTest {

    private static final int EVENTS = 1200;

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private Path file;

    @BeforeEach
    void fill() {
        file = OldStores.filled(directory.resolve("chitty.db"), EVENTS);
    }

    @Test
    void migratedStoreHasAllEventsAndSessionsAndItsChain() {
        try (EventStore store = Stores.open(file)) {
            assertThat(store.epoch()).isEqualTo(OldStores.EPOCH);
            List<Event> events = store.page(0, Integer.MAX_VALUE).events();
            assertThat(events).hasSize(EVENTS);
            assertThat(events.get(EVENTS - 1).text()).isEqualTo("text " + EVENTS);
            StoredState.of(store).assertChained();
            RoomState state = store.recorded();
            assertThat(state.lamportTime()).isEqualTo(EVENTS + 5);
            assertThat(state.present()).extracting(RoomState.Stay::session).containsExactly(Commands.session(1));
        }
        assertThat(StoreCheck.check(file).problems()).isEmpty();
    }

    @Test
    void repeatsAreStillRecognized() {
        try (EventStore store = Stores.open(file)) {
            RecordedRoom room = new RecordedRoom(store);
            assertThat(room.accepted(Commands.repeatableJoin("alice", 1, 8)).repeated())
                    .isTrue();
            assertThat(room.accepted(Commands.publish(1, EVENTS)).repeated()).isTrue();
            assertThat(room.accepted(Commands.publish(1, EVENTS - 255)).repeated())
                    .isTrue();
            assertThat(room.one(Commands.publish(1, EVENTS - 256)))
                    .isEqualTo(Outcome.refused(Refusal.SEQUENCE_FORGOTTEN));
            assertThat(room.accepted(Commands.publish(1, EVENTS + 1)).repeated())
                    .isFalse();
        }
        assertThat(StoreCheck.check(file).problems()).isEmpty();
    }

    @Test
    void logWhoseOldestEventsWereRemovedIsChainedFromThere() {
        Stores.execute(file, "DELETE FROM event WHERE lamport_time <= 700", "UPDATE log SET removed_through = 700");
        try (EventStore store = Stores.open(file)) {
            assertThat(store.page(700, Integer.MAX_VALUE).events()).hasSize(EVENTS - 700);
            RecordedRoom room = new RecordedRoom(store);
            assertThat(room.accepted(Commands.publish(1, EVENTS - 255)).repeated())
                    .isTrue();
        }
        assertThat(StoreCheck.check(file).problems()).isEmpty();
    }

    @Test
    void emptyStoreIsMigrated() {
        Path empty = OldStores.make(directory.resolve("empty.db"));
        try (EventStore store = Stores.open(empty)) {
            assertThat(store.epoch()).isEqualTo(OldStores.EPOCH);
            assertThat(store.recorded().lamportTime()).isZero();
            new RecordedRoom(store).accepted(Commands.join("alice", 1));
        }
    }
}
