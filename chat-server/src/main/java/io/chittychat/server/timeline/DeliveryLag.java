package io.chittychat.server.timeline;

import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures how far the slowest reader is behind. It asks the lanes on demand, at most once a second, so that deliveries
 * need no counters.
 *
 * <p>Threading: any thread; {@link #look} may block for half a second.
 */
public final class DeliveryLag {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE = 500; // milliseconds; a lane that does not answer by then is left out

    private final Timeline timeline;
    private final Broadcaster broadcaster;
    private final LongSupplier wallMillis;
    private Behind last = Behind.NOTHING; // guarded by this
    private long lookedAt = System.nanoTime() - FRESH; // guarded by this; nanoseconds

    /** @param wallMillis the wall clock, in milliseconds since 1970 */
    public DeliveryLag(Timeline timeline, Broadcaster broadcaster, LongSupplier wallMillis) {
        this.timeline = timeline;
        this.broadcaster = broadcaster;
        this.wallMillis = wallMillis;
    }

    /**
     * How far the slowest reader is behind.
     *
     * @param lamportTime the distance in Lamport time from the last event sent to the reader to the newest event
     * @param events the number of events that it lacks, without events that the timeline no longer holds
     * @param millis the age of the oldest of them, in milliseconds
     */
    public record Behind(long lamportTime, long events, long millis) {
        static final Behind NOTHING = new Behind(0, 0, 0);
    }

    /** Returns the measure; it is up to a second old. */
    public synchronized Behind look() {
        if (System.nanoTime() - lookedAt >= FRESH) {
            last = slowest();
            lookedAt = System.nanoTime();
        }
        return last;
    }

    private Behind slowest() {
        View view = timeline.view(); // before the lanes answer, so that events appended meanwhile do not count
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
        Optional<Slice> first = view.copy(held, 1);
        if (first.isEmpty()) {
            return view.stillHolds(held) ? Behind.NOTHING : behind(timeline.view(), cursor); // dropped meanwhile
        }
        return new Behind(
                view.newest() - cursor,
                view.eventsAfter(held),
                age(first.get().events().get(0)));
    }

    private long age(Event event) {
        Timestamp recorded = event.getRecordedAt();
        return Math.max(0, wallMillis.getAsLong() - recorded.getSeconds() * 1000 - recorded.getNanos() / 1_000_000);
    }
}
