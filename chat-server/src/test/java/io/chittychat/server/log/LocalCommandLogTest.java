package io.chittychat.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LocalCommandLogTest {

    private final List<Event> appended = new ArrayList<>(); // written by the room thread, read after close
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private volatile boolean hold;
    private volatile @Nullable Throwable failure;
    private final AtomicInteger batches = new AtomicInteger();
    private final LocalCommandLog log = new LocalCommandLog(loop(this::append), Clock.systemUTC());

    private static RoomLoop loop(BatchSink readers) {
        return new RoomLoop(
                new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, Duration.ofSeconds(5))),
                Journal.NONE,
                readers);
    }

    private void append(List<Event> events, long lamportTime) {
        batches.incrementAndGet();
        if (hold) {
            awaitUninterruptibly(mayGoOn);
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        appended.addAll(events);
    }

    @AfterEach
    void close() {
        mayGoOn.countDown();
        log.close();
    }

    @Test
    void commandsOfOneThreadAreAppliedInItsOrder() {
        log.start();
        Answer<Result.Joined> joined = join(1);
        List<Answer<Result.Published>> published = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            published.add(publish(1, i));
        }
        log.close();

        assertThat(joined.result()).isNotNull();
        assertThat(published)
                .extracting(answer -> answer.result().lamportTime())
                .isSorted();
        assertThat(appended).hasSize(1001);
    }

    @Test
    void commandsOfManyThreadsGetDifferentTimes() throws InterruptedException {
        log.start();
        join(1);
        ConcurrentLinkedQueue<Answer<Result.Published>> answers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    answers.add(publish(1, 0));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        log.close();
        assertThat(answers)
                .extracting(answer -> answer.result().lamportTime())
                .doesNotHaveDuplicates()
                .hasSize(8000);
    }

    @Test
    void commandsThatArriveDuringABatchAreTheNextBatch() {
        hold = true;
        log.start();
        join(1);
        await().until(() -> batches.get() == 1);
        for (int i = 1; i <= 100; i++) {
            publish(1, i);
        }
        mayGoOn.countDown();
        log.close();
        assertThat(batches.get()).isEqualTo(2);
        assertThat(appended).hasSize(101);
    }

    @Test
    void callersAreAnsweredAfterTheBatchIsShown() {
        hold = true;
        log.start();
        Answer<Result.Joined> joined = join(1);
        await().until(() -> batches.get() == 1);
        assertThat(joined.isThere()).isFalse();
        mayGoOn.countDown();
        await().until(joined::isThere);
    }

    /** Each command comes at the moment in which the room thread goes to sleep after the one before. */
    @Test
    void commandThatFindsTheRoomThreadGoingToSleepIsAnswered() {
        log.start();
        for (int i = 0; i < 200_000; i++) {
            for (int pause = i % 64; pause > 0; pause--) {
                Thread.onSpinWait();
            }
            Answer<Result.Published> answer = publish(1, 0);
            long bound = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!answer.isThere()) {
                Thread.onSpinWait();
                assertThat(System.nanoTime() - bound).as("command %d", i).isNegative();
            }
        }
    }

    /** Nobody but the room thread may take commands while it still does. */
    @Test
    @Timeout(60)
    void everyCommandIsAnsweredOnceWhenTheLogIsClosedMeanwhile() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            LocalCommandLog closing = new LocalCommandLog(loop((events, lamportTime) -> {}), Clock.systemUTC());
            AtomicInteger answers = new AtomicInteger();
            AtomicInteger submitted = new AtomicInteger();
            Runnable submit = () -> {
                for (int i = 0; i < 200 && closing.state() == CommandLog.State.OPEN; i++) {
                    submitted.incrementAndGet();
                    closing.submit(publishCommand(1, 0), new Counted(answers));
                }
            };
            List<Thread> submitters = List.of(new Thread(submit), new Thread(submit));
            closing.start();
            submitters.forEach(Thread::start);
            while (submitted.get() < 20) {
                Thread.onSpinWait();
            }
            closing.close();
            for (Thread submitter : submitters) {
                submitter.join();
            }
            assertThat(answers).as("round %d", round).hasValue(submitted.get());
        }
    }

    /** Counts answers. */
    private record Counted(AtomicInteger answers) implements Reply<Result.Published> {
        @Override
        public void accepted(Result.Published result) {
            answers.incrementAndGet();
        }

        @Override
        public void refused(Refusal refusal) {
            answers.incrementAndGet();
        }
    }

    @Test
    void closedLogHandlesWhatItHasTakenAndRefusesTheRest() {
        hold = true;
        log.start();
        join(1);
        await().until(() -> batches.get() == 1);
        Answer<Result.Published> taken = publish(1, 1);
        Thread closer = new Thread(log::close);
        closer.start();
        await().until(() -> log.state() == CommandLog.State.CLOSED);
        Answer<Result.Published> late = publish(1, 2);
        mayGoOn.countDown();
        await().until(taken::isThere);

        assertThat(taken.result()).isNotNull();
        assertThat(late.refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
    }

    @Test
    void logThatCannotRecordRefusesAllLaterCommands() {
        log.start();
        Answer<Result.Joined> joined = join(1);
        await().until(joined::isThere);
        failure = new IllegalStateException("the disk is on fire");
        Answer<Result.Published> lost = publish(1, 1);
        await().until(lost::isThere);

        assertThat(lost.refusal()).isEqualTo(Refusal.LOG_UNAVAILABLE);
        await().until(() -> log.state() == CommandLog.State.FAILED);
        assertThat(publish(1, 2).refusal()).isEqualTo(Refusal.LOG_UNAVAILABLE);
    }

    @Test
    void failingReplyDoesNotAffectOtherCallers() {
        log.start();
        log.submit(joinCommand(1), new Reply<>() {
            @Override
            public void accepted(Result.Joined result) {
                throw new IllegalStateException("the caller is broken");
            }

            @Override
            public void refused(Refusal refusal) {}
        });
        Answer<Result.Published> published = publish(1, 1);
        await().until(published::isThere);
        assertThat(published.result()).isNotNull();
    }

    @Test
    void replyThatRunsOutOfMemoryDoesNotAffectOtherCallers() {
        log.start();
        log.submit(joinCommand(1), new Reply<>() {
            @Override
            public void accepted(Result.Joined result) {
                throw new OutOfMemoryError("no direct memory");
            }

            @Override
            public void refused(Refusal refusal) {}
        });
        Answer<Result.Published> published = publish(1, 1);
        await().until(published::isThere);
        assertThat(published.result()).isNotNull();
        assertThat(log.state()).isEqualTo(CommandLog.State.OPEN);
    }

    @Test
    void allWaitingCallersAreRefusedWhenTheLogFails() {
        hold = true;
        log.start();
        join(1);
        await().until(() -> batches.get() == 1);
        List<Answer<Result.Published>> waiting = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) { // several batches
            waiting.add(publish(1, 0));
        }
        failure = new StackOverflowError();
        mayGoOn.countDown();
        await().until(() -> waiting.stream().allMatch(Answer::isThere));
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.refusal()).isEqualTo(Refusal.LOG_UNAVAILABLE));
    }

    @Test
    void failedLogStaysFailedWhenItIsClosed() {
        log.start();
        failure = new IllegalStateException("the disk is on fire");
        await().until(join(1)::isThere);
        log.close();
        assertThat(log.state()).isEqualTo(CommandLog.State.FAILED);
    }

    @Test
    void allListenersAreCalledAlsoAfterTheFailure() {
        AtomicInteger told = new AtomicInteger();
        log.onFailure(() -> {
            throw new IllegalStateException("a broken listener");
        });
        log.onFailure(told::incrementAndGet);
        log.start();
        failure = new IllegalStateException("the disk is on fire");
        await().until(join(1)::isThere);
        await().untilAtomic(told, org.hamcrest.Matchers.is(1));
        log.onFailure(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    @Test
    void interruptedCloseStillWaitsForWhatWasTaken() {
        hold = true;
        log.start();
        Answer<Result.Joined> joined = join(1);
        await().until(() -> batches.get() == 1);
        AtomicBoolean finished = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            log.close();
            finished.set(joined.isAccepted());
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        closing.start();
        await().until(() -> log.state() == CommandLog.State.CLOSED && closing.getState() == Thread.State.TIMED_WAITING);
        mayGoOn.countDown();
        await().until(() -> !closing.isAlive());
        assertThat(finished).isTrue();
        assertThat(interrupted).isTrue();
    }

    private Answer<Result.Joined> join(long session) {
        Answer<Result.Joined> answer = new Answer<>();
        log.submit(joinCommand(session), answer);
        return answer;
    }

    private static Command.Join joinCommand(long session) {
        return new Command.Join(ParticipantName.of("p" + session), new SessionId(0, session), Optional.empty(), 1);
    }

    private Answer<Result.Published> publish(long session, long sequence) {
        Answer<Result.Published> answer = new Answer<>();
        log.submit(publishCommand(session, sequence), answer);
        return answer;
    }

    private static Command.Publish publishCommand(long session, long sequence) {
        return new Command.Publish(new SessionId(0, session), "hello", sequence, 1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
