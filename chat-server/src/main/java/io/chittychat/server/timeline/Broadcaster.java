package io.chittychat.server.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Sends readers what they have not seen and can take now. Each reader belongs to a {@link Lane}, that is to the thread
 * that looks after its connection, so that nothing is handed from thread to thread for a delivery.
 *
 * <p>Threading: any thread may subscribe; readers are served by the threads that they come with.
 */
public final class Broadcaster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10); // closing waits for no reader, only for threads

    private final Timeline timeline;
    private final CatchUp catchUp;
    private final long slowReaderTimeout; // nanoseconds
    private final LongSupplier nanoTime;
    private final Map<ScheduledExecutorService, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * A broadcaster of a timeline.
     *
     * @param catchUp fetches what the timeline does not hold any more
     * @param slowReaderTimeout how long a reader may make no progress while it is behind
     */
    public Broadcaster(Timeline timeline, CatchUp catchUp, Duration slowReaderTimeout) {
        this(timeline, catchUp, slowReaderTimeout, System::nanoTime);
    }

    /** @param nanoTime a clock that never jumps, in nanoseconds */
    Broadcaster(Timeline timeline, CatchUp catchUp, Duration slowReaderTimeout, LongSupplier nanoTime) {
        this.timeline = timeline;
        this.catchUp = catchUp;
        this.slowReaderTimeout = slowReaderTimeout.toNanos();
        this.nanoTime = nanoTime;
        timeline.onAppend(() -> lanes.values().forEach(Lane::wakeAll));
    }

    /** Begins to serve a reader whose session is present. */
    Subscription subscribe(Reader reader, ScheduledExecutorService thread, long cursor, long attachedAt) {
        return subscribe(reader, thread, cursor, attachedAt, OptionalLong.empty());
    }

    /**
     * Begins to serve a reader.
     *
     * @param thread one thread, which calls the reader; it is best the one of the reader's connection
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt Lamport time at which the subscription was accepted
     * @param leftAt when the session left, if it has already; what was before is sent
     */
    public Subscription subscribe(
            Reader reader, ScheduledExecutorService thread, long cursor, long attachedAt, OptionalLong leftAt) {
        Lane lane = lanes.computeIfAbsent(
                thread, its -> new Lane(its, timeline::view, catchUp, slowReaderTimeout, nanoTime));
        Subscription subscription = new Subscription(reader, cursor, attachedAt, lane);
        leftAt.ifPresent(subscription::endBefore); // first, since a round may begin as soon as it is added
        lane.add(subscription);
        if (closed) {
            lane.close();
        }
        return subscription;
    }

    /** The Lamport times up to which the slowest reader of each thread has been served; of those that have readers. */
    List<CompletableFuture<OptionalLong>> slowest() {
        return lanes.values().stream().map(Lane::slowest).toList();
    }

    /** Sends readers what there is and they can take, ends them all, and returns when that is done or a thread hangs. */
    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        lanes.values().forEach(lane -> lane.awaitEnd(deadline - System.nanoTime()));
    }
}
