package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lag of the slowest reader. The events were recorded at the beginning of 1970; the clock says 7 s later. */
class DeliveryLagTest {

    private static final int EVENTS = 3000; // in several segments

    private final Events chain = new Events();
    private final Timeline timeline = new Timeline(0, 1 << 20);
    private final Broadcaster broadcaster =
            new Broadcaster(timeline, new CatchUp(new FakeArchive(), Runnable::run), Duration.ofMinutes(1));
    private final ScheduledExecutorService one = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        broadcaster.close();
        one.shutdownNow();
        other.shutdownNow();
    }

    private DeliveryLag.Behind look() {
        return new DeliveryLag(timeline, broadcaster, () -> 7000).look();
    }

    private FakeReader subscribe(ScheduledExecutorService thread, long cursor, boolean ready) {
        FakeReader reader = new FakeReader();
        reader.ready = ready;
        broadcaster.subscribe(Events.newSession(), reader, thread, cursor, 2 * EVENTS);
        return reader;
    }

    @Test
    void lagIsZeroWithoutReadersOrIfAllEventsWereSent() {
        assertThat(look()).isEqualTo(new DeliveryLag.Behind(0, 0, 0));
        Events.show(timeline, chain.next(EVENTS, 2), 2 * EVENTS);
        assertThat(look()).isEqualTo(new DeliveryLag.Behind(0, 0, 0));
        FakeReader reader = subscribe(one, 0, true);
        await().until(() -> reader.received.size() == EVENTS);
        assertThat(look()).isEqualTo(new DeliveryLag.Behind(0, 0, 0));
    }

    @Test
    void slowestReaderOfAllThreadsCounts() {
        Events.show(timeline, chain.next(EVENTS, 2), 2 * EVENTS);
        FakeReader quick = subscribe(one, 0, true);
        await().until(() -> quick.received.size() == EVENTS);
        subscribe(one, 2000, false);
        subscribe(other, 1000, false);
        assertThat(look()).isEqualTo(new DeliveryLag.Behind(2 * EVENTS - 1000, EVENTS - 500, 7000));
    }

    @Test
    void viewCountsTheEventsAfterEveryCursor() {
        Events.show(timeline, chain.next(EVENTS, 2), 2 * EVENTS);
        View view = timeline.view();
        assertThat(view.events()).isEqualTo(EVENTS);
        assertThat(view.bytes()).isGreaterThan(EVENTS * 20L);
        LongStream.rangeClosed(0, 2 * EVENTS)
                .forEach(cursor -> assertThat(view.eventsAfter(cursor))
                        .as("after %d", cursor)
                        .isEqualTo(EVENTS - cursor / 2));
    }
}
