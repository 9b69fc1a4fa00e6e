package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.Stores;
import io.chittychat.server.timeline.Archive;
import io.chittychat.v1.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store behind the timeline. Event n has the Lamport time n. */
class StoreArchiveTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private EventStore store;
    private StoreArchive archive;

    @BeforeEach
    void fill() {
        store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")));
        archive = new StoreArchive(store);
        RecordedRoom room = new RecordedRoom(store);
        room.accepted(Commands.join("alice", 1));
        List<Command.Publish> publishes = LongStream.rangeClosed(2, 10)
                .mapToObj(i -> Commands.publish(1, i))
                .toList();
        room.batch(publishes.subList(0, 5));
        room.batch(publishes.subList(5, 9));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pageGoesUpToWhereTheTimelineBegins() {
        assertThat(times(archive.after(2, 6, 100))).containsExactly(3L, 4L, 5L, 6L);
        assertThat(times(archive.after(2, 100, 3))).containsExactly(3L, 4L, 5L);
        assertThat(archive.after(10, 100, 3).slice()).isEmpty();
    }

    @Test
    void cursorBeforeWhatIsKeptIsNotReached() {
        store.remove(Instant.EPOCH, OptionalLong.of(4), 500);
        assertThat(archive.removedThrough()).isEqualTo(6);
        assertThat(archive.reaches(5)).isFalse();
        assertThat(archive.reaches(6)).isTrue();
        assertThat(archive.after(5, 100, 100).complete()).isFalse();
        assertThat(archive.after(6, 100, 100).complete()).isTrue();
    }

    private static List<Long> times(Archive.Page page) {
        return page.slice().orElseThrow().events().stream()
                .map(Event::getLamportTime)
                .toList();
    }
}
