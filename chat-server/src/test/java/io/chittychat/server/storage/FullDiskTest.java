package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.log.Answer;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.FaultyConnections;
import io.chittychat.server.store.FaultyConnections.Fault;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** The log while the disk is full, and afterwards. */
class FullDiskTest {

    private static final String LONG = "long ".repeat(10_000); // needs new pages

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    @Test
    void joiningLeavingAndReadingGoOnWithoutSpaceForMessages() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            disk.setFull(true);

            assertThat(log.ask(Commands.publish(1, LONG, 1)).refusal()).isEqualTo(Refusal.STORE_FULL);
            log.ask(Commands.join("bob", 2)).result();
            log.ask(Commands.attach(2)).result();
            log.ask(Commands.leave(2)).result();

            assertThat(log.stored()).hasSize(3).isEqualTo(log.visible);
            assertThat(log.state()).isEqualTo(CommandLog.State.OPEN);
        }
    }

    @Test
    void messagesAreRecordedAgainExactlyOnceWhenThereIsSpace() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            long first = log.ask(Commands.publish(1, 1)).result().lamportTime();
            disk.setFull(true);
            assertThat(log.ask(Commands.publish(1, LONG, 2)).refusal()).isEqualTo(Refusal.STORE_FULL);
            disk.setFull(false);
            await().until(() -> log.ask(Commands.publish(1, LONG, 2)).isAccepted());

            Result.Published repeated = log.ask(Commands.publish(1, LONG, 2)).result();
            assertThat(repeated.repeated()).isTrue();
            assertThat(log.ask(Commands.publish(1, 1)).result()).isEqualTo(new Result.Published("alice", first, true));
            assertThat(log.stored()).hasSize(3).isEqualTo(log.visible);
        }
    }

    @Test
    void batchWithoutSpaceIsRecordedWithoutItsMessages() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            disk.failOnce(Fault.FULL);
            Answer<Result.Published> refused = log.ask(Commands.publish(1, 1));

            assertThat(refused.refusal()).isEqualTo(Refusal.STORE_FULL);
            log.ask(Commands.join("bob", 2)).result();
            assertThat(log.stored()).hasSize(2).isEqualTo(log.visible);
        }
    }

    @Test
    void withoutAnySpaceEverythingIsRefusedUntilThereIsSome() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            disk.failAlways(Fault.FULL);
            assertThat(log.ask(Commands.join("bob", 2)).refusal()).isEqualTo(Refusal.STORE_FULL);
            assertThat(log.ask(Commands.leave(1)).refusal()).isEqualTo(Refusal.STORE_FULL);
            assertThat(log.stored()).hasSize(1);
            disk.heal();

            log.ask(Commands.join("bob", 2)).result();
            log.ask(Commands.leave(1)).result();
            assertThat(log.stored()).hasSize(3).isEqualTo(log.visible);
        }
    }

    @Test
    void repeatsAndUnknownSessionsAreAnsweredAsUsualWhileTheDiskIsFull() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.repeatableJoin("alice", 1, 7)).result();
            long first = log.ask(Commands.publish(1, 1)).result().lamportTime();
            disk.setFull(true);
            assertThat(log.ask(Commands.publish(1, LONG, 2)).refusal()).isEqualTo(Refusal.STORE_FULL);
            assertThat(log.ask(Commands.publish(1, 1)).result()).isEqualTo(new Result.Published("alice", first, true));
            assertThat(log.ask(Commands.publish(9, 1)).refusal()).isEqualTo(Refusal.SESSION_UNKNOWN);

            disk.failAlways(Fault.FULL); // not even joining and leaving
            Answer<Result.Joined> bob = log.submit(Commands.join("bob", 2)); // makes the whole batch fail
            Answer<Result.Published> repeat = log.submit(Commands.publish(1, 1));
            Answer<Result.Published> stranger = log.submit(Commands.publish(9, 1));
            Answer<Result.Joined> again = log.ask(Commands.repeatableJoin("alice", 3, 7));
            assertThat(bob.refusal()).isEqualTo(Refusal.STORE_FULL);
            assertThat(repeat.result()).isEqualTo(new Result.Published("alice", first, true));
            assertThat(stranger.refusal()).isEqualTo(Refusal.SESSION_UNKNOWN);
            assertThat(again.result().session()).isEqualTo(Commands.session(1));
            assertThat(log.stored()).hasSize(2).isEqualTo(log.visible);
        }
    }

    @Test
    void attachedReadersStayAttachedAfterAnUndoneBatch() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            long attached = log.ask(Commands.attach(1)).result().lamportTime();
            log.ask(Commands.join("bob", 2)).result();
            disk.failAlways(Fault.FULL);
            assertThat(log.ask(Commands.leave(1)).refusal()).isEqualTo(Refusal.STORE_FULL);
            assertThat(log.ask(Commands.attach(2)).refusal()).isEqualTo(Refusal.STORE_FULL);
            disk.heal();

            Command.Expire expiry = new Command.Expire(Commands.session(1), Commands.session(1));
            assertThat(log.ask(expiry).refusal()).isEqualTo(Refusal.SESSION_ALIVE);
            log.ask(new Command.Expire(Commands.session(2), Commands.session(2)))
                    .result();

            disk.failAlways(Fault.FULL);
            Answer<Result.Joined> carol = log.submit(Commands.join("carol", 3)); // makes the whole batch fail
            log.ask(new Command.Detach(Commands.session(1), attached)).result();
            assertThat(carol.refusal()).isEqualTo(Refusal.STORE_FULL);
            disk.heal();
            log.ask(expiry).result();
        }
    }

    @Test
    void refusedBatchLeavesNothingForTheNextOne() {
        FaultyConnections disk = new FaultyConnections();
        try (StoredLog log = new StoredLog(file(), disk)) {
            log.ask(Commands.join("alice", 1)).result();
            disk.failOnce(Fault.FULL);
            disk.failOnce(Fault.FULL);
            log.ask(Commands.join("bob", 2)).refusal();

            // A new batch that fails as a whole shows whether the one before was written command by command.
            disk.failAlways(new Fault(SQLiteErrorCode.SQLITE_IOERR_WRITE, false));
            log.ask(Commands.join("carol", 3)).refusal();
            assertThat(log.stored()).isEqualTo(log.visible).hasSize(1);
        }
    }

    @Test
    void nothingIsLostOrDoubledHoweverOftenTheDiskFillsUp() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = file();
        FaultyConnections disk = new FaultyConnections();
        List<Answer<Result.Published>> answers = new ArrayList<>();
        List<Event> visible;
        try (StoredLog log = new StoredLog(file, disk)) {
            log.ask(Commands.join("alice", 1)).result();
            for (int sequence = 1; sequence <= 500; sequence++) {
                answers.add(log.submit(Commands.publish(1, sequence)));
                if (random.nextInt(100) == 0) {
                    disk.failOnce(Fault.FULL);
                }
                if (random.nextInt(20) == 0) {
                    log.ask(Commands.attach(1));
                }
            }
            await().until(() -> answers.get(499).isThere());
            visible = List.copyOf(log.visible);
        }
        disk.heal();
        try (StoredLog log = new StoredLog(file, disk)) {
            assertThat(log.stored()).as("seed %d", seed).isEqualTo(visible);
            assertThat(log.stored().stream().skip(1).map(event -> event.header().lamportTime()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(answers.stream()
                            .filter(Answer::isAccepted)
                            .map(answer -> answer.result().lamportTime())
                            .toList());
        }
    }

    private Path file() {
        return Stores.copyOfNew(directory.resolve("chitty.db"));
    }
}
