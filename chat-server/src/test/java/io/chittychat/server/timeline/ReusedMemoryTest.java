package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.v1.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The smallest timeline, whose memory is used again every few hundred events, while others read it: readers that are
 * served as fast as they can, and threads that read the history from any cursor. Each event's text names its own time, so an event that
 * was overwritten is noticed.
 */
class ReusedMemoryTest {

    private static final int BATCHES = 400;
    private static final int BATCH = 250; // events

    private final Timeline timeline = new Timeline(0, 1);
    private final FakeArchive archive = new FakeArchive();
    private final ScheduledExecutorService loops = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService otherLoop = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService disk = Executors.newSingleThreadScheduledExecutor();
    private final Broadcaster broadcaster =
            new Broadcaster(timeline, new CatchUp(archive, disk), Duration.ofMinutes(1));
    private final History history = new History(timeline, archive);

    @AfterEach
    void stop() {
        broadcaster.close();
        loops.shutdownNow();
        otherLoop.shutdownNow();
        disk.shutdownNow();
    }

    @Test
    void nobodyReadsEventsThatWereOverwritten() {
        Checking live = new Checking();
        Checking other = new Checking();
        broadcaster.subscribe(Events.newSession(), live, loops, 0, 0);
        broadcaster.subscribe(Events.newSession(), other, otherLoop, 0, 0);
        CompletableFuture<Long> forwards = CompletableFuture.supplyAsync(this::readForwards);
        CompletableFuture<Long> backwards = CompletableFuture.supplyAsync(this::readBackwards);

        Events chain = new Events();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Event> events = chain.next(BATCH, 1).stream()
                    .map(event -> event.toBuilder()
                            .setText(textAt(event.getLamportTime()))
                            .build())
                    .toList();
            archive.add(events);
            Events.show(timeline, events, (batch + 1L) * BATCH);
        }

        long all = (long) BATCHES * BATCH;
        await().atMost(Duration.ofMinutes(1)).until(() -> live.last == all && other.last == all);
        assertThat(live.wrong).isEmpty();
        assertThat(other.wrong).isEmpty();
        assertThat(forwards.join()).isEqualTo(all);
        assertThat(backwards.join()).isPositive();
    }

    private long readForwards() {
        long cursor = 0;
        while (cursor < (long) BATCHES * BATCH) {
            List<Event> events = history.events(history.view(), cursor, 100).orElseThrow();
            for (Event event : events) {
                assertThat(event.getLamportTime()).isEqualTo(++cursor);
                assertThat(event.getText()).isEqualTo(textAt(cursor));
            }
        }
        return cursor;
    }

    /** From the end to the beginning of the memory, again and again. */
    private long readBackwards() {
        long read = 0;
        for (View view = history.view(); view.lamportTime() < (long) BATCHES * BATCH; view = history.view()) {
            long before = view.lamportTime() + 1;
            for (int page = 0; page < 20 && before > 1; page++) {
                for (Event event : history.before(view, before, 100)) {
                    assertThat(event.getLamportTime()).isEqualTo(--before);
                    assertThat(event.getText()).isEqualTo(textAt(before));
                    read++;
                }
            }
        }
        return read;
    }

    private static String textAt(long lamportTime) {
        return ("at " + lamportTime + " ").repeat(10);
    }

    /** A reader that checks what it is sent before it lets the memory go. */
    private static final class Checking implements Reader {

        private final List<Event> wrong = new ArrayList<>();
        private volatile long last;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void send(Slice slice) {
            for (Event event : slice.events()) {
                if (event.getLamportTime() != last + 1 || !event.getText().equals(textAt(last + 1))) {
                    wrong.add(event);
                }
                last = event.getLamportTime();
            }
        }

        @Override
        public void caughtUp(long lamportTime) {}

        @Override
        public void end(End why) {}
    }
}
