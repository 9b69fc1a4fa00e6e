package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a store has an epoch of its own, and no present participants. */
class StoreBackupTest {

    @TempDir
    private Path directory;

    private Path copyOf(EventStore store) {
        Path copy = directory.resolve("copy.db");
        assertThat(StoreBackup.copy(store.file(), copy).present()).isZero();
        return copy;
    }

    @Test
    void allParticipantsLeaveInTheCopyOnceAndInOrder() {
        try (EventStore store = EventStore.open(directory.resolve("chitty.db"), Durability.OS)) {
            RecordedRoom room = new RecordedRoom(store);
            room.batch(List.of(
                    Commands.repeatableJoin("alice", 1, 1),
                    Commands.join("bob", 2),
                    Commands.join("carol", 3),
                    Commands.publish(1, 1),
                    Commands.attach(2),
                    Commands.leave(3)));
            RoomState before = store.recorded();

            try (EventStore copy = EventStore.open(copyOf(store), Durability.OS)) {
                List<Event> copied = copy.page(0, 100).events();
                List<Event> original = store.page(0, 100).events();
                assertThat(copied).startsWith(original.toArray(new Event[0]));
                assertThat(copied.subList(original.size(), copied.size()))
                        .hasOnlyElementsOfType(Event.Left.class)
                        .extracting(event -> event.header().participant())
                        .containsExactly("alice", "bob");
                assertThat(copied.get(original.size()).header().lamportTime()).isGreaterThan(before.lamportTime());
                assertThat(copy.recorded().present()).isEmpty();
                assertThat(copy.epoch()).isNotEqualTo(store.epoch());
                new RecordedRoom(copy).accepted(Commands.join("alice", 4));
            }
            assertThat(store.recorded()).isEqualTo(before);
        }
    }

    @Test
    void participantWhoseJoinWasRemovedLeavesToo() {
        try (EventStore store = EventStore.open(directory.resolve("chitty.db"), Durability.OS)) {
            RecordedRoom room = new RecordedRoom(store);
            room.batch(List.of(Commands.join("alice", 1), Commands.publish(1, 1)));
            room.one(Commands.publish(1, 2));
            store.remove(Instant.EPOCH, OptionalLong.of(1), 500);

            try (EventStore copy = EventStore.open(copyOf(store), Durability.OS)) {
                assertThat(copy.page(0, 100).events())
                        .extracting(Event::getClass)
                        .extracting(Class::getSimpleName)
                        .containsExactly("Published", "Left");
            }
        }
    }
}
