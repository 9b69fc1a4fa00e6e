package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.room.SessionId;
import io.chittychat.v1.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcasterTest {

    private static final Duration SLOW = Duration.ofMillis(300);

    private final Events chain = new Events();
    private final Timeline timeline = new Timeline(0, 64L << 20);
    private final FakeArchive archive = new FakeArchive();
    private final CatchUp catchUp = new CatchUp(archive, task -> new Thread(task).start());
    private final Broadcaster broadcaster = new Broadcaster(timeline, catchUp, SLOW);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final FakeReader reader = new FakeReader();
    private long newest;

    @AfterEach
    void close() {
        broadcaster.close();
        thread.shutdownNow();
    }

    private void append(int count) {
        List<Event> events = chain.next(count, 1);
        newest += count;
        Events.show(timeline, events, newest);
    }

    private static List<Long> upTo(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void readerReceivesPastEventsAndThenNewOnes() {
        append(5);
        broadcaster.subscribe(Events.newSession(), reader, thread, 2, 5);
        await().until(() -> reader.caughtUp.size() == 1);
        assertThat(reader.received).isEqualTo(upTo(3, 5));
        append(3);
        await().until(() -> reader.received.equals(upTo(3, 8)));
        assertThat(reader.caughtUp).containsExactly(5L);
    }

    @Test
    void readersEndWhenAnotherNodeServesThemOrThisOneIsLost() {
        SessionId session = Events.newSession();
        broadcaster.subscribe(session, reader, thread, 0, 1);
        broadcaster.supersede(Events.newSession());
        assertThat(reader.end).isNull();
        broadcaster.supersede(session);
        await().until(() -> reader.end == Reader.End.SUPERSEDED);
        FakeReader other = new FakeReader();
        broadcaster.subscribe(session, other, thread, 0, 2);
        broadcaster.endAll();
        await().until(() -> other.end == Reader.End.NODE_LOST);
        await().until(() -> broadcaster.size() == 0);
    }

    @Test
    void caughtUpTimeIsNotBeforeTheTimeOfAttaching() {
        append(2);
        Events.show(timeline, List.of(), 9);
        broadcaster.subscribe(Events.newSession(), reader, thread, 2, 9);
        await().until(() -> reader.caughtUp.size() == 1);
        assertThat(reader.caughtUp).containsExactly(9L);
        assertThat(reader.received).isEmpty();
    }

    @Test
    void readerIsNotCaughtUpBeforeItHasAllEventsBeforeItsAttach() throws Exception {
        broadcaster.subscribe(
                Events.newSession(), reader, thread, 0, 2); // attached in a batch whose events are not visible yet
        thread.submit(() -> {}).get();
        thread.submit(() -> {}).get(); // the lane's first round is over
        assertThat(reader.caughtUp).isEmpty();
        Events.show(timeline, chain.next(1, 1), 2);
        await().until(() -> reader.caughtUp.size() == 1);
        assertThat(reader.received).isEqualTo(upTo(1, 1));
    }

    @Test
    void readersWithDifferentCursorsReceiveAllLaterEvents() {
        append(1000);
        List<FakeReader> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            FakeReader another = new FakeReader();
            readers.add(another);
            broadcaster.subscribe(Events.newSession(), another, thread, i * 20L, newest);
            append(10);
        }
        for (int i = 0; i < 50; i++) {
            FakeReader another = readers.get(i);
            List<Long> expected = upTo(i * 20L + 1, newest);
            await().until(() -> another.received.equals(expected));
        }
    }

    @Test
    void readerThatBecomesReadyIsSentTheRest() {
        reader.ready = false;
        Subscription subscription = broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        FakeReader other = new FakeReader();
        broadcaster.subscribe(Events.newSession(), other, thread, 0, 0);
        append(100);
        await().until(() -> other.received.equals(upTo(1, 100)));
        assertThat(reader.received).isEmpty();
        reader.ready = true;
        subscription.ready();
        await().until(() -> reader.received.equals(upTo(1, 100)));
    }

    @Test
    void readerWithoutProgressIsEnded() {
        append(1);
        reader.ready = false;
        broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        await().until(() -> reader.end == Reader.End.SLOW_READER);
    }

    @Test
    void idleReaderIsNotSlow() {
        append(1);
        broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        await().until(() -> reader.received.size() == 1);
        reader.ready = false;
        FakeReader slow = new FakeReader();
        slow.ready = false;
        broadcaster.subscribe(Events.newSession(), slow, thread, 0, 0);
        await().until(() -> slow.end == Reader.End.SLOW_READER); // the timeout has passed for both readers
        assertThat(reader.end).isNull();
    }

    @Test
    void leaverReceivesTheEventsBeforeItsEndAndNoneAfter() {
        append(3);
        Subscription subscription = broadcaster.subscribe(Events.newSession(), reader, thread, 0, 3);
        await().until(() -> reader.received.size() == 3);
        subscription.endBefore(6);
        append(10);
        await().until(() -> reader.end == Reader.End.LEFT);
        assertThat(reader.received).isEqualTo(upTo(1, 5));
    }

    @Test
    void endedReaderReceivesNothingMore() {
        Subscription subscription = broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        subscription.end(Reader.End.SUPERSEDED);
        await().until(() -> reader.end == Reader.End.SUPERSEDED);
        append(3);
        FakeReader other = new FakeReader();
        broadcaster.subscribe(Events.newSession(), other, thread, 0, 0);
        await().until(() -> other.received.size() == 3);
        assertThat(reader.received).isEmpty();
    }

    @Test
    void cancelledReaderIsNotCalled() {
        Subscription subscription = broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        subscription.cancel();
        append(3);
        broadcaster.close();
        assertThat(reader.end).isNull();
        assertThat(reader.received).isEmpty();
    }

    @Test
    void closingSendsTheRestAndEndsAllReaders() {
        broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        append(3);
        broadcaster.close();
        assertThat(reader.received).isEqualTo(upTo(1, 3));
        assertThat(reader.end).isEqualTo(Reader.End.SHUTTING_DOWN);
    }

    @Test
    void readerThatSubscribesAfterClosingIsEnded() {
        broadcaster.close();
        broadcaster.subscribe(Events.newSession(), reader, thread, 0, 0);
        await().until(() -> reader.end == Reader.End.SHUTTING_DOWN);
    }

    /** Appends batches of a thousand events each, also to the archive. */
    private void appendAndArchive(Timeline target, int firstBatch, int lastBatch) {
        for (int i = firstBatch; i <= lastBatch; i++) {
            List<Event> events = chain.next(1000, 1);
            archive.add(events);
            Events.show(target, events, i * 1000L);
        }
    }

    @Test
    void readerPassesFromTheArchiveToTheTimelineWithoutGapOrRepeat() {
        Timeline small = new Timeline(0, 1);
        try (Broadcaster own = new Broadcaster(small, catchUp, SLOW)) {
            appendAndArchive(small, 1, 10);
            own.subscribe(Events.newSession(), reader, thread, 17, 10_000);
            appendAndArchive(small, 11, 40);
            await().until(() -> reader.received.size() == 40_000 - 17);
            assertThat(reader.received).isEqualTo(upTo(18, 40_000));
            await().until(() -> reader.caughtUp.size() == 1);
        }
    }

    @Test
    void leaverThatReadsTheArchiveIsEnded() {
        Timeline small = new Timeline(0, 1);
        try (Broadcaster own = new Broadcaster(small, catchUp, SLOW)) {
            appendAndArchive(small, 1, 10);
            Subscription subscription = own.subscribe(Events.newSession(), reader, thread, 0, 10_000);
            subscription.endBefore(3500);
            await().until(() -> reader.end == Reader.End.LEFT);
            assertThat(reader.received).isEqualTo(upTo(1, reader.received.size()));
        }
    }

    @Test
    void readerWhoseEventsCannotBeReadIsEnded() {
        archive.unreadable = true;
        Timeline small = new Timeline(5, 1);
        try (Broadcaster own = new Broadcaster(small, catchUp, SLOW)) {
            own.subscribe(Events.newSession(), reader, thread, 0, 5);
            await().until(() -> reader.end == Reader.End.UNREADABLE);
        }
    }

    @Test
    void readerWhoseNextEventsAreRemovedIsEnded() {
        archive.removedThrough = 9_000;
        Timeline small = new Timeline(0, 1);
        try (Broadcaster own = new Broadcaster(small, catchUp, SLOW)) {
            reader.ready = false;
            Subscription subscription = own.subscribe(Events.newSession(), reader, thread, 0, 0);
            for (int i = 1; i <= 10; i++) {
                Events.show(small, chain.next(1000, 1), i * 1000L);
            }
            reader.ready = true;
            subscription.ready();
            await().until(() -> reader.end == Reader.End.RESUME_POINT_GONE);
        }
    }
}
