package io.chittychat.server.timeline;

import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far the slowest reader is behind. Nothing is counted when something is delivered: the threads that serve readers are
 * asked when somebody wants to know, once a second at most.
 *
 * <p>Threading: any thread; it may wait for a moment.
 */
public final class DeliveryLag {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE =
            500; // milliseconds; a thread that is busier than that is told of the next time

    private final Timeline timeline;
    private final Broadcaster broadcaster;
    private final LongSupplier wallMillis;
    private Behind last = Behind.NOTHING; // guarded by this
    private long lookedAt = System.nanoTime() - FRESH; // guarded by this; nanoseconds

    /** @param wallMillis the time since 1970, in milliseconds */
    public DeliveryLag(Timeline timeline, Broadcaster broadcaster, LongSupplier wallMillis) {
        this.timeline = timeline;
        this.broadcaster = broadcaster;
        this.wallMillis = wallMillis;
    }

    /**
     * How much there is that the slowest reader has not been sent.
     *
     * @param lamportTime from the last event that it was sent to the newest
     * @param events how many; if some are older than what the timeline holds, without those
     * @param millis since the first of them was recorded
     */
    public record Behind(long lamportTime, long events, long millis) {
        static final Behind NOTHING = new Behind(0, 0, 0);
    }

    /** How it is now, or was a second ago. */
    public synchronized Behind look() {
        if (System.nanoTime() - lookedAt >= FRESH) {
            last = slowest();
            lookedAt = System.nanoTime();
        }
        return last;
    }

    private Behind slowest() {
        View view = timeline.view(); // before the readers are looked at: what comes after it does not count
        List<CompletableFuture<OptionalLong>> lanes = broadcaster.slowest();
        CompletableFuture.allOf(lanes.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, PATIENCE, TimeUnit.MILLISECONDS)
                .join();
        return lanes.stream()
                .map(lane -> lane.getNow(OptionalLong.empty()))
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .min(Long::compare)
                .map(cursor -> behind(view, cursor))
                .orElse(Behind.NOTHING);
    }

    private Behind behind(View view, long cursor) {
        long held = Math.max(cursor, view.begin());
        return view.slice(held, Long.MAX_VALUE, 1)
                .map(first -> new Behind(
                        view.newest() - cursor,
                        view.eventsAfter(held),
                        age(first.events().get(0))))
                .orElse(Behind.NOTHING);
    }

    private long age(Event event) {
        Timestamp recorded = event.getRecordedAt();
        return Math.max(0, wallMillis.getAsLong() - recorded.getSeconds() * 1000 - recorded.getNanos() / 1_000_000);
    }
}
