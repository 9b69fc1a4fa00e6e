package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Result;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoredState;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jumps of the wall clock change the recorded times of events, but nothing else. */
class ClockJumpTest {

    private static final Duration HOURS = Duration.ofHours(5);

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private volatile Instant now = RecordedRoom.NOON;
    private StoredLog log;

    @BeforeEach
    void open() {
        InstantSource source = () -> now;
        log = log(Stores.copyOfNew(directory.resolve("chitty.db")), source.withZone(ZoneOffset.UTC));
    }

    private static StoredLog log(Path file, Clock clock) {
        return new StoredLog(file, UnaryOperator.identity(), clock);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void reopen() {
        log.close();
        InstantSource source = () -> now;
        log = log(directory.resolve("chitty.db"), source.withZone(ZoneOffset.UTC));
    }

    @Test
    void orderAndLamportTimeAreUnaffected() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Instant> given = new ArrayList<>();
        given.add(now);
        log.ask(Commands.join("alice", 1)).result();
        for (int sequence = 1; sequence <= 30; sequence++) {
            now = now.plusSeconds(random.nextInt(100_000) - 50_000);
            given.add(now);
            assertThat(log.ask(Commands.publish(1, sequence)).result().lamportTime())
                    .as("seed %d", seed)
                    .isEqualTo(sequence + 1);
        }
        reopen();
        StoredState.of(log.store).assertChained();
        assertThat(log.stored())
                .as("seed %d", seed)
                .extracting(event -> event.header().recordedAt())
                .isEqualTo(given);
    }

    @Test
    void timesBefore1970AreKept() {
        now = Instant.parse("1969-07-20T20:17:40.123456Z");
        log.ask(Commands.join("alice", 1)).result();
        assertThat(log.stored())
                .extracting(event -> event.header().recordedAt())
                .containsExactly(now);
    }

    @Test
    void eventIsTheSameLiveAndReadBack() {
        now = now.plusNanos(123_456_789);
        log.ask(Commands.join("alice", 1)).result();
        List<Event> live = log.visible;
        assertThat(log.stored()).isEqualTo(live);
    }

    @Test
    void joinMayStillBeRepeatedWhenTheClockWentBack() {
        Result.Joined joined = log.ask(Commands.repeatableJoin("alice", 1, 9)).result();
        now = now.minus(HOURS);
        Result.Joined again = log.ask(Commands.repeatableJoin("alice", 2, 9)).result();
        assertThat(again.repeated()).isTrue();
        assertThat(again.session()).isEqualTo(joined.session());
    }

    @Test
    void joinMayNotBeRepeatedAnyMoreWhenTheClockWentAhead() {
        log.ask(Commands.repeatableJoin("alice", 1, 9)).result();
        log.ask(Commands.attach(1)).result(); // without a stream it may
        now = now.plus(HOURS);
        assertThat(log.ask(Commands.repeatableJoin("alice", 2, 9)).refusal()).isEqualTo(Refusal.NAME_TAKEN);
    }

    @Test
    void windowBeginsAnewAfterARestartWhateverTheClockDid() {
        log.ask(Commands.repeatableJoin("alice", 1, 9)).result();
        now = now.plus(HOURS);
        reopen();
        assertThat(log.ask(Commands.repeatableJoin("alice", 2, 9)).result().repeated())
                .isTrue();
    }
}
