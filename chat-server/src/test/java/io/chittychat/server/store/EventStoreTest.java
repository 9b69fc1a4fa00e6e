package io.chittychat.server.store;

import static io.chittychat.server.store.RecordedRoom.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.RoomState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reopened store has the events and sessions that were recorded. */
class EventStoreTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private EventStore store;
    private RecordedRoom room;

    @BeforeEach
    void open() {
        store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")));
        room = new RecordedRoom(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = Stores.open(directory.resolve("chitty.db"));
        room = new RecordedRoom(store);
    }

    @Test
    void eventsAreReadBackAsTheyWereRecorded() {
        room.setTime(NOON.plusNanos(123_456_000));
        List<Outcome<?>> outcomes = new ArrayList<>(room.batch(
                List.of(Commands.repeatableJoin("Zoë 🚀", 1, 8), Commands.join("bob", 2), Commands.publish(1, 1))));
        outcomes.addAll(room.batch(List.of(Commands.leave(2), Commands.publish(1, -1))));

        assertThat(store.page(0, 100).events()).isEqualTo(RecordedRoom.events(outcomes));
        reopen();
        assertThat(store.page(0, 100).events()).isEqualTo(RecordedRoom.events(outcomes));
    }

    /** The start of the service may take longer than the window. */
    @Test
    void restoredJoinMayBeRepeatedForAWindowFromTheFirstCommandOn() {
        List<Command.Join> again = List.of(Commands.repeatableJoin("alice", 1, 8));
        room.batch(again);
        reopen();
        room.setTime(NOON.plusSeconds(60));
        assertThat(room.batch(again)).first().isInstanceOf(Outcome.Accepted.class);
        room.batch(List.of(Commands.attach(1))); // after the window, a session without a stream can still be had again
        room.setTime(NOON.plusSeconds(60).plus(RecordedRoom.WINDOW));
        assertThat(room.batch(again)).first().isInstanceOf(Outcome.Accepted.class);
        room.setTime(NOON.plusSeconds(61).plus(RecordedRoom.WINDOW));
        assertThat(room.batch(again)).first().isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\0",
                "a\0b",
                "\r\n\t\u001b[31m",
                "😀👨‍👩‍👧",
                "e\u0301 ≠ é",
                "\uFFFE\uFEFF",
                "'; DROP TABLE page; --"
            })
    void textIsKeptAsItIs(String text) {
        room.accepted(Commands.join("alice", 1));
        room.accepted(Commands.publish(1, text, 0));
        reopen();
        assertThat(store.page(1, 1).events()).extracting(Event::text).containsExactly(text);
    }

    @Test
    void sequencesAreUnsigned() {
        room.accepted(Commands.join("alice", 1));
        long time = room.accepted(Commands.publish(1, -1)).lamportTime(); // 2^64 - 1
        reopen();
        assertThat(room.accepted(Commands.publish(1, -1))).isEqualTo(new Result.Published("alice", time, true));
        assertThat(room.accepted(Commands.publish(1, 7)).repeated()).isFalse();
    }

    @Test
    void sessionsAreRecordedWithTheirKeysAndPublishes() {
        room.batch(List.of(Commands.repeatableJoin("alice", 1, 8), Commands.join("bob", 2), Commands.join("carol", 3)));
        room.batch(List.of(Commands.publish(2, 5), Commands.publish(2, 3), Commands.leave(3)));
        reopen();

        RoomState state = store.recorded();
        assertThat(state.lamportTime()).isEqualTo(9);
        assertThat(state.newestEvent()).isEqualTo(9);
        assertThat(state.present())
                .containsExactly(
                        new RoomState.Stay(
                                Commands.session(1),
                                Commands.join("alice", 1).name(),
                                4,
                                NOON,
                                Commands.repeatableJoin("alice", 1, 8).key(),
                                RoomState.Presence.of(Commands.session(1)),
                                RoomState.Publishes.NONE),
                        new RoomState.Stay(
                                Commands.session(2),
                                Commands.join("bob", 2).name(),
                                5,
                                NOON,
                                Commands.join("bob", 2).key(),
                                RoomState.Presence.of(Commands.session(2)),
                                new RoomState.Publishes(
                                        0,
                                        List.of(
                                                new RoomState.RecentPublish(5, 7),
                                                new RoomState.RecentPublish(3, 8)))));
    }

    @Test
    void nameMayBeReusedInTheSameBatch() {
        room.accepted(Commands.join("alice", 1));
        room.batch(List.of(
                Commands.leave(1),
                Commands.join("alice", 2),
                Commands.publish(2, 1),
                Commands.leave(2),
                Commands.join("ALICE", 3)));
        reopen();
        assertThat(store.recorded().present())
                .extracting(RoomState.Stay::session)
                .containsExactly(Commands.session(3));
        assertThat(store.page(0, 100).events()).hasSize(6);
    }

    @Test
    void sessionThatJoinsAndLeavesInOneBatchIsNotRecorded() {
        room.batch(List.of(Commands.join("alice", 1), Commands.publish(1, 1), Commands.leave(1)));
        reopen();
        assertThat(store.recorded().present()).isEmpty();
        assertThat(store.recorded().newestEvent()).isEqualTo(3);
    }

    @Test
    void clockIsRecordedWithoutAnEvent() {
        room.accepted(Commands.join("alice", 1));
        long time = room.accepted(Commands.attach(1)).lamportTime();
        reopen();
        assertThat(store.recorded().lamportTime()).isEqualTo(time).isEqualTo(2);
        assertThat(store.recorded().newestEvent()).isEqualTo(1);
    }

    @Test
    void eachLogKeepsItsOwnEpoch() {
        String epoch = store.epoch();
        reopen();
        assertThat(store.epoch()).isEqualTo(epoch);
        try (EventStore other = Stores.open(directory.resolve("other/deep/chitty.db"))) {
            assertThat(other.epoch()).isNotEqualTo(epoch);
        }
    }

    @Test
    void pageBeginsAfterItsCursorAndHasItsLimit() {
        room.accepted(Commands.join("alice", 1));
        for (int i = 2; i <= 10; i++) {
            room.accepted(Commands.publish(1, i));
        }
        assertThat(store.page(4, 3).events())
                .extracting(event -> event.header().lamportTime())
                .containsExactly(5L, 6L, 7L);
        assertThat(store.page(10, 3).events()).isEmpty();
    }
}
