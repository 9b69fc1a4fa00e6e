package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chittychat.server.room.Command;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A wall clock that jumps cannot make retention erase a log at once. */
class RetentionPaceTest {

    private static final int EVENTS = 2400;
    private static final Duration MAX_AGE = Duration.ofDays(30);

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private Instant now = RecordedRoom.NOON;
    private long nanoTime = 7;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private EventStore filled() {
        return filled(EVENTS);
    }

    private EventStore filled(int events) {
        EventStore store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")));
        List<Command<?>> commands = new ArrayList<>();
        commands.add(Commands.join("alice", 1));
        for (int i = 2; i <= events; i++) {
            commands.add(Commands.publish(1, i));
        }
        new RecordedRoom(store).batch(commands);
        return store;
    }

    private void pass(Duration duration) {
        nanoTime += duration.toNanos();
    }

    @Test
    void jumpIsToldInOneLine() {
        Logger logger = (Logger) LoggerFactory.getLogger(StoreKeeper.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        EventStore store = filled();
        try (StoreKeeper keeper = new StoreKeeper(store, new Retention(MAX_AGE, 0), clock, () -> nanoTime)) {
            for (Duration jump : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(-20_000))) {
                now = now.plus(jump).plusSeconds(1);
                pass(Duration.ofSeconds(1));
                keeper.tidy();
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The wall clock jumped by 3600 s; sessions, Lamport times and the order of events do not depend on it;"
                                + " retention by age takes at least 720 minutes to remove all events",
                        "The wall clock jumped by -1728000000 s; sessions, Lamport times and the order of events do not depend"
                                + " on it; retention by age takes at least 720 minutes to remove all events");
    }

    @Test
    void clockThatJumpsAheadRemovesAFewEventsAnHour() {
        EventStore store = filled();
        try (StoreKeeper keeper = new StoreKeeper(store, new Retention(MAX_AGE, 0), clock, () -> nanoTime)) {
            now = now.plus(Duration.ofDays(400));
            keeper.tidy();
            assertThat(store.removedThrough()).isZero();
            for (int minute = 0; minute < 60; minute++) {
                pass(Duration.ofMinutes(1));
                keeper.tidy();
            }
            assertThat(store.removedThrough()).isBetween(150L, 200L + 128); // a twelfth at most, and a page
            now = RecordedRoom.NOON;
            pass(Duration.ofHours(10));
            keeper.tidy();
            assertThat(store.removedThrough()).isLessThanOrEqualTo(200 + 128);
        }
    }

    @Test
    void clockThatJumpsBackRemovesNothing() {
        EventStore store = filled();
        try (StoreKeeper keeper = new StoreKeeper(store, new Retention(MAX_AGE, 0), clock, () -> nanoTime)) {
            now = Instant.EPOCH;
            pass(Duration.ofDays(1));
            keeper.tidy();
            assertThat(store.removedThrough()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 23, 200, EVENTS})
    void oldEventsAreGoneAfterHalfADay(int events) {
        EventStore store = filled(events);
        try (StoreKeeper keeper = new StoreKeeper(store, new Retention(MAX_AGE, 0), clock, () -> nanoTime)) {
            now = now.plus(MAX_AGE).plusSeconds(1);
            for (int minute = 0; minute < 12 * 60 + 30; minute++) {
                pass(Duration.ofMinutes(1));
                keeper.tidy();
            }
            assertThat(store.removedThrough()).isEqualTo(events);
        }
    }

    @Test
    void eventsBeyondANumberAreRemovedWhateverTheClockSays() {
        EventStore store = filled();
        try (StoreKeeper keeper = new StoreKeeper(store, new Retention(Duration.ZERO, 100), clock, () -> nanoTime)) {
            now = Instant.EPOCH;
            keeper.tidy();
            assertThat(store.removedThrough()).isBetween(EVENTS - 100L - 127, EVENTS - 100L); // a page has 128
        }
    }
}
