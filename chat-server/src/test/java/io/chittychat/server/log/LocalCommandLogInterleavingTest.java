package io.chittychat.server.log;

import static io.chittychat.server.Interleavings.inParallel;
import static io.chittychat.server.Interleavings.require;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.ExploresInterleavings;
import io.chittychat.server.Interleavings;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.time.LamportClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Two callers, the room thread, and a thread that ends the log. In every interleaving each command is answered once, and the
 * room thread ends.
 */
@ExploresInterleavings
class LocalCommandLogInterleavingTest {

    private static final SessionId STRANGER = new SessionId(1, 2);
    private static final Clock WALL_CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(LocalCommandLog.class);
    private @Nullable Level level;

    /** Turns logging off, because Lincheck would explore it, too. */
    @BeforeEach
    void silence() {
        level = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        LOGGER.setLevel(level);
    }

    @Test
    void commandThatFindsTheRoomThreadGoingToSleepIsAnswered() {
        Interleavings.explore(() -> {
            LocalCommandLog log = log(Journal.NONE);
            Told one = new Told();
            Told other = new Told();
            inParallel(() -> log.submit(leave(), one), () -> log.submit(leave(), other));
            one.await();
            other.await();
            log.stop();
            awaitEnd(log);
            require(one.times.get() == 1 && other.times.get() == 1, "a command is answered twice");
        });
    }

    @Test
    void commandThatComesWhileTheLogIsClosedIsAnsweredOnce() {
        Interleavings.explore(() -> {
            LocalCommandLog log = log(Journal.NONE);
            Told one = new Told();
            Told other = new Told();
            inParallel(() -> log.submit(leave(), one), () -> log.submit(leave(), other), log::stop);
            awaitEnd(log);
            require(one.times.get() == 1 && other.times.get() == 1, "a command is answered never, or twice");
        });
    }

    @Test
    void commandThatComesWhileTheLogFailsIsAnsweredOnce() {
        Interleavings.explore(() -> {
            LocalCommandLog log = log(new BrokenJournal());
            Told one = new Told();
            Told other = new Told();
            AtomicInteger failures = new AtomicInteger();
            inParallel(
                    () -> log.submit(leave(), one),
                    () -> log.submit(leave(), other),
                    () -> log.onFailure(failures::incrementAndGet));
            awaitEnd(log);
            require(one.times.get() == 1 && other.times.get() == 1, "a command is answered never, or twice");
            require(failures.get() == 1, "it is told never, or twice, that the log failed");
        });
    }

    private static LocalCommandLog log(Journal journal) {
        Room room =
                new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, Duration.ofSeconds(5)));
        LocalCommandLog log = new LocalCommandLog(new RoomLoop(room, journal, (events, lamportTime) -> {}), WALL_CLOCK);
        log.start();
        return log;
    }

    /** The command with the least work for the room. */
    private static Command<Result.Left> leave() {
        return new Command.Leave(STRANGER, 1);
    }

    private static void awaitEnd(LocalCommandLog log) {
        try {
            log.awaitEnd();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts its answers, and waits for the first one. */
    private static final class Told implements Reply<Result.Left> {

        private final AtomicInteger times = new AtomicInteger();

        @Override
        public void accepted(Result.Left result) {
            answered();
        }

        @Override
        public void refused(Refusal refusal) {
            answered();
        }

        private synchronized void answered() {
            times.incrementAndGet();
            notifyAll();
        }

        synchronized void await() {
            try {
                while (times.get() == 0) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A journal that fails with the first batch. */
    private static final class BrokenJournal implements Journal {

        @Override
        public void append(Batch batch) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean hasSpace() {
            return true;
        }
    }
}
