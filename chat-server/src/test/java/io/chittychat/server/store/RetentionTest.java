package io.chittychat.server.store;

import static io.chittychat.server.store.RecordedRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.RoomState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events are removed: pages as a whole. Event n has the Lamport time n. */
class RetentionTest {

    private static final OptionalLong ALL = OptionalLong.empty();

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private EventStore store;
    private RecordedRoom room;

    @BeforeEach
    void open() {
        store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")));
        room = new RecordedRoom(store);
        room.accepted(Commands.join("alice", 1));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void newestEventsAreKept() {
        publishOneByOne(1199);
        assertThat(removals(Instant.EPOCH, OptionalLong.of(100))).isEqualTo(3); // in chunks
        assertThat(times()).first().isEqualTo(1101L);
        assertThat(times()).hasSize(100);
        assertThat(store.removedThrough()).isEqualTo(1100);
    }

    @Test
    void logIsCompleteAfterEachChunk() {
        publishOneByOne(1199);
        store.remove(Instant.EPOCH, OptionalLong.of(100), 500);
        assertThat(store.page(0, 1).removedThrough()).isEqualTo(500);
        assertThat(times()).first().isEqualTo(501L);
        assertThat(times()).hasSize(700);
    }

    @Test
    void upToAPageMoreThanTheNewestIsKept() {
        publish(1199); // in pages of 128
        assertThat(store.remove(Instant.EPOCH, OptionalLong.of(100), 500)).isEqualTo(1 + 3 * PageRow.EVENTS);
        removals(Instant.EPOCH, OptionalLong.of(100));
        assertThat(times()).hasSize(1199 % PageRow.EVENTS + PageRow.EVENTS);
        assertThat(store.remove(Instant.EPOCH, OptionalLong.of(47), 1)).isEqualTo(PageRow.EVENTS); // at least a page
        assertThat(times()).hasSize(47);
    }

    @Test
    void damagedPageIsRemovedWithTheOnesAfterIt() {
        publish(9);
        room.setTime(NOON.plusSeconds(60));
        publish(10);
        room.mark();
        Stores.execute(directory.resolve("chitty.db"), "UPDATE page SET events = '[' WHERE through = 10");
        assertThat(removals(NOON.plusSeconds(1), ALL)).isEqualTo(1); // alice's join; the damaged page's age is unknown
        assertThat(store.removedThrough()).isEqualTo(1);
        assertThat(removals(NOON.plusSeconds(61), ALL)).isEqualTo(1);
        assertThat(store.removedThrough()).isEqualTo(20);
        assertThat(times()).isEmpty();
    }

    @Test
    void youngEventsAreKept() {
        publish(9);
        room.setTime(NOON.plusSeconds(60));
        publish(10);
        assertThat(removals(NOON, ALL)).isZero();
        assertThat(removals(NOON.plusSeconds(60), ALL)).isEqualTo(1);
        assertThat(times()).hasSize(10).first().isEqualTo(11L);
    }

    @Test
    void fewEventsAreAllKept() {
        publish(9);
        assertThat(removals(Instant.EPOCH, OptionalLong.of(10))).isZero();
        assertThat(removals(Instant.EPOCH, ALL)).isZero();
        assertThat(store.removedThrough()).isZero();
    }

    @Test
    void noGapArisesWhenTheWallClockJumpsBack() {
        publish(4);
        room.setTime(NOON.minus(Duration.ofHours(3)));
        publish(5);
        assertThat(removals(NOON, ALL)).isZero();
        assertThat(removals(NOON.plusNanos(1000), ALL)).isEqualTo(1);
        assertThat(times()).isEmpty();
    }

    @Test
    void emptiedLogCanBeReopenedAndAppendedTo() {
        publish(9);
        removals(NOON.plusSeconds(1), ALL);
        RoomState recorded = store.recorded();
        store.close();
        store = Stores.open(directory.resolve("chitty.db"));

        assertThat(store.recorded()).isEqualTo(recorded);
        assertThat(store.removedThrough()).isEqualTo(10);
        room = new RecordedRoom(store);
        assertThat(room.accepted(Commands.publish(1, 8)).repeated()).isTrue();
        publish(1);
        assertThat(times()).containsExactly(11L);
        store.close();
        store = Stores.open(directory.resolve("chitty.db"));
    }

    @Test
    void pageBeforeTheOldestEventHasAGap() {
        publishOneByOne(9);
        removals(Instant.EPOCH, OptionalLong.of(4));
        EventStore.Page page = store.page(2, 2);
        assertThat(page.removedThrough()).isEqualTo(6);
        assertThat(page.events())
                .extracting(event -> event.header().lamportTime())
                .containsExactly(7L, 8L);
    }

    @Test
    void oldestEventIsKnownInMemory() {
        assertThat(store.oldest()).hasValue(1);
        publishOneByOne(9);
        removals(Instant.EPOCH, OptionalLong.of(4));
        assertThat(store.oldest()).hasValue(7);
        store.close();
        store = Stores.open(directory.resolve("chitty.db"));
        assertThat(store.oldest()).hasValue(7);
        removals(NOON.plusSeconds(1), ALL);
        assertThat(store.oldest()).isEmpty();
        room = new RecordedRoom(store);
        publish(2);
        assertThat(store.oldest()).hasValue(11);
    }

    private int removals(Instant recordedBefore, OptionalLong maxEvents) {
        int removals = 0;
        while (store.remove(recordedBefore, maxEvents, 500) > 0) {
            removals++;
        }
        return removals;
    }

    private List<Long> times() {
        return store.page(0, Integer.MAX_VALUE).events().stream()
                .map(event -> event.header().lamportTime())
                .toList();
    }

    private void publishOneByOne(int count) {
        for (int i = 0; i < count; i++) {
            publish(1);
        }
    }

    private void publish(int count) {
        List<Command<?>> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(Commands.publish(1, room.lamportTime() + i));
        }
        room.batch(commands);
    }
}
