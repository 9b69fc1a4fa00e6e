package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.log.Answer;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.FaultyConnections;
import io.chittychat.server.store.FaultyConnections.Fault;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoredState;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;

/** The log fails if it is unknown whether a batch is on the disk. */
class FailedSyncTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    static Stream<Fault> faults() {
        return Stream.of(
                        SQLiteErrorCode.SQLITE_IOERR_FSYNC,
                        SQLiteErrorCode.SQLITE_IOERR_WRITE,
                        SQLiteErrorCode.SQLITE_IOERR,
                        SQLiteErrorCode.SQLITE_CORRUPT,
                        SQLiteErrorCode.SQLITE_READONLY)
                .flatMap(code -> Stream.of(new Fault(code, false), new Fault(code, true)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsAcknowledgedOrShownAfterAFailedSync(Fault fault) {
        FaultyConnections disk = new FaultyConnections();
        AtomicInteger failures = new AtomicInteger();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.log.onFailure(failures::incrementAndGet);
            log.ask(Commands.join("alice", 1)).result();
            disk.failAlways(fault);
            List<Answer<Result.Published>> pending = new ArrayList<>();
            for (int sequence = 1; sequence <= 50; sequence++) {
                pending.add(log.submit(Commands.publish(1, sequence)));
            }
            await().until(() -> pending.stream().allMatch(Answer::isThere));
            disk.heal();

            assertThat(pending).extracting(Answer::refusal).containsOnly(Refusal.LOG_UNAVAILABLE);
            assertThat(log.ask(Commands.leave(1)).refusal()).isEqualTo(Refusal.LOG_UNAVAILABLE);
            assertThat(log.state()).isEqualTo(CommandLog.State.FAILED);
            assertThat(log.visible).hasSize(1);
            assertThat(disk.commits()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(failures).hasValue(1));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void acknowledgedEventsAreRecordedAndAtMostOneMoreBatch(Fault fault) {
        Path file = file();
        FaultyConnections disk = new FaultyConnections();
        List<Event> visible;
        try (StoredLog log = new StoredLog(file, disk)) {
            log.ask(Commands.join("alice", 1)).result();
            log.ask(Commands.publish(1, 1)).result();
            disk.failAlways(fault);
            log.ask(Commands.publish(1, 2)).refusal();
            visible = List.copyOf(log.visible);
        }
        try (EventStore store = Stores.open(file)) {
            StoredState found = StoredState.of(store);
            found.assertChained();
            assertThat(found.events()).startsWith(visible.toArray(Event[]::new));
            assertThat(found.events()).hasSize(fault.done() ? 3 : 2);

            Result.Published again = new RecordedRoom(store).accepted(Commands.publish(1, 2));
            assertThat(again.repeated()).isEqualTo(fault.done());
            assertThat(StoredState.of(store).events()).hasSize(3);
        }
    }

    private Path file() {
        return Stores.copyOfNew(directory.resolve("chitty.db"));
    }
}
