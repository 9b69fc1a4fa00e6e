package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A lane, step by step: tasks run only when the test runs them. */
class LaneTest {

    private static final long LONG_ROUND = 10_000_000; // nanoseconds; the lane rests after it
    private static final long QUIET =
            80_000_000; // nanoseconds; longer than any rest, shorter than the slow reader timeout
    private static final Duration SLOW = Duration.ofMillis(300);

    private final Events chain = new Events();
    private final Timeline timeline = new Timeline(0, 1); // the smallest size: two segments
    private final FakeArchive archive = new FakeArchive();
    private final ArrayDeque<Runnable> fetches = new ArrayDeque<>();
    private final ManualThread thread = new ManualThread();
    private final Broadcaster broadcaster =
            new Broadcaster(timeline, new CatchUp(archive, fetches::add), SLOW, thread::nanoTime);
    private long newest;

    private void append(int count) {
        List<io.chittychat.v1.Event> events = chain.next(count, 1);
        newest += count;
        archive.add(events);
        Events.show(timeline, events, newest);
    }

    private Subscription subscribe(FakeReader reader, long cursor) {
        return broadcaster.subscribe(Events.newSession(), reader, thread, cursor, newest);
    }

    private static List<Long> upTo(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** A reader for which sending takes so long that the lane rests afterwards. */
    private final class CostlyReader extends FakeReader {
        @Override
        public void send(Slice slice) {
            super.send(slice);
            thread.pass(LONG_ROUND);
        }
    }

    @Test
    void newcomerIsServedAlthoughAnotherReaderBecameReadyWhileTheLaneRested() {
        FakeReader costly = new CostlyReader();
        subscribe(costly, 0);
        FakeReader slow = new FakeReader();
        slow.ready = false;
        Subscription slowOne = subscribe(slow, 0);
        append(1);
        thread.runQueued(); // a round; then the lane rests
        assertThat(costly.received).isEqualTo(upTo(1, 1));

        FakeReader newcomer = new FakeReader();
        subscribe(newcomer, 0);
        slow.ready = true;
        slowOne.ready();
        thread.runAll(QUIET);

        assertThat(slow.received).isEqualTo(upTo(1, 1));
        assertThat(newcomer.received).isEqualTo(upTo(1, 1));
        assertThat(newcomer.caughtUp).containsExactly(1L);
    }

    @Test
    void pageThatArrivesWhileTheLaneRestsIsSent() {
        append(1);
        for (int batch = 0; batch < 10; batch++) {
            append(1000);
        }
        FakeReader first = new CostlyReader();
        Subscription firstOne = subscribe(first, 0);
        FakeReader second = new FakeReader();
        subscribe(second, 0);
        thread.runAll(QUIET);
        assertThat(fetches).hasSize(2);
        fetches.remove().run();
        first.onSend = () -> first.ready = false; // after one page it is not ready
        thread.runQueued(); // a round sends the first page; then the lane rests
        assertThat(first.received).isNotEmpty();

        fetches.remove().run();
        first.onSend = () -> {};
        first.ready = true;
        firstOne.ready();
        thread.runAll(QUIET);

        assertThat(second.received).isNotEmpty();
    }

    @Test
    void tasksQueuedBeforeAnAppendRunBeforeItsEventsAreSent() {
        List<FakeReader> readers = new ArrayList<>();
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < 5000; i++) { // more than a chunk of the queue
            FakeReader reader = new FakeReader();
            readers.add(reader);
            subscriptions.add(subscribe(reader, 0));
        }
        thread.runAll(QUIET);
        subscriptions.forEach(subscription -> subscription.endBefore(1));
        append(5);
        thread.runAll(QUIET);

        assertThat(readers.stream().filter(reader -> !reader.received.isEmpty()))
                .as("saw its own end")
                .isEmpty();
        assertThat(readers.stream().filter(reader -> reader.end != Reader.End.LEFT))
                .as("was not ended")
                .isEmpty();
    }

    @Test
    void leaverIsNotSentEventsAfterItsEndFromAPage() {
        append(1);
        for (int batch = 0; batch < 10; batch++) {
            append(100);
        }
        append(1100);
        FakeReader reader = new FakeReader();
        Subscription subscription = subscribe(reader, 0);
        thread.runAll(QUIET);
        fetches.remove().run();
        subscription.endBefore(10);
        thread.runAll(QUIET);
        fetches.remove().run();
        thread.runAll(QUIET);
        fetches.remove().run(); // an empty page: there are no more events before its end
        thread.runAll(QUIET);

        assertThat(reader.end).isEqualTo(Reader.End.LEFT);
        assertThat(reader.received).isEqualTo(upTo(1, 9));
    }

    @Test
    void readerThatRunsOutOfMemoryIsEndedAndTheOthersAreServed() {
        FakeReader failing = new FakeReader();
        failing.onSend = () -> {
            throw new OutOfMemoryError("no direct memory");
        };
        subscribe(failing, 0);
        FakeReader other = new FakeReader();
        subscribe(other, 0);
        append(1);
        thread.runAll(QUIET);
        append(1);
        thread.runAll(QUIET);

        assertThat(failing.end).isEqualTo(Reader.End.UNREADABLE);
        assertThat(other.received).isEqualTo(upTo(1, 2));
    }

    @Test
    void readerIsEndedIfItsPageCannotBeReadForAnyReason() {
        append(1);
        append(1100);
        append(1100);
        archive.failure = new OutOfMemoryError("no memory for a page");
        FakeReader reader = new FakeReader();
        subscribe(reader, 0);
        thread.runAll(QUIET);
        fetches.remove().run();
        thread.runAll(QUIET);

        assertThat(reader.end).isEqualTo(Reader.End.UNREADABLE);
    }

    @Test
    void readerWhoseEndFailsDoesNotPreventTheEndOfOthers() {
        FakeReader failing = new FakeReader() {
            @Override
            public void end(End why) {
                throw new StackOverflowError();
            }
        };
        subscribe(failing, 0);
        FakeReader other = new FakeReader();
        subscribe(other, 0);
        Thread closing = new Thread(broadcaster::close);
        thread.runAll(QUIET);
        closing.start();
        await().until(() -> {
            thread.runAll(QUIET);
            return other.end == Reader.End.SHUTTING_DOWN && !closing.isAlive();
        });
    }

    @Test
    void slowReaderIsNotSentEventsRemovedMeanwhile() {
        FakeReader reader = new FakeReader();
        reader.ready = false;
        Subscription subscription = subscribe(reader, 0);
        append(5);
        thread.runAll(QUIET);
        archive.removedThrough = 3;
        timeline.forget(3);
        thread.runAll(QUIET);
        reader.ready = true;
        subscription.ready();
        thread.runAll(QUIET);
        fetches.remove().run();
        thread.runAll(QUIET);

        assertThat(reader.received).isEmpty();
        assertThat(reader.end).isEqualTo(Reader.End.RESUME_POINT_GONE);
    }

    @Test
    void memoryIsReusedOnlyAfterARoundThatCannotReadIt() {
        FakeReader reader = new FakeReader();
        Subscription subscription = subscribe(reader, 0);
        append(500);
        reader.ready = false;
        thread.runAll(QUIET); // a round whose view is kept, since the reader may become ready
        View held = timeline.view();
        for (int batch = 0; batch < 20; batch++) {
            append(500);
        }
        assertThat(broadcaster.heldFrom()).isEqualTo(held.firstSegment());
        assertThat(held.stillHolds(0)).isTrue();
        reader.ready = true;
        subscription.ready();
        while (!fetches.isEmpty() || reader.received.size() < newest) {
            thread.runAll(QUIET);
            fetches.forEach(Runnable::run);
            fetches.clear();
        }
        assertThat(reader.received).isEqualTo(upTo(1, newest));
        assertThat(broadcaster.heldFrom()).isEqualTo(timeline.view().firstSegment());
    }
}
