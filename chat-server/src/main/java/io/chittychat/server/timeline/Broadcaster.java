package io.chittychat.server.timeline;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Who reads the timeline, one reader for each session at most, and what sends them what they have not seen and can take now.
 * Each reader belongs to a {@link Lane}, that is to the thread that looks after its connection, so that nothing is handed from
 * thread to thread for a delivery.
 *
 * <p>Threading: sessions subscribe, and leave, on the room thread; readers are served by the threads that they come with, and
 * may end on any.
 */
public final class Broadcaster implements Timeline.Audience, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10); // closing waits for no reader, only for threads

    private final Timeline timeline;
    private final CatchUp catchUp;
    private final long slowReaderTimeout; // nanoseconds
    private final LongSupplier nanoTime;
    private final Map<ScheduledExecutorService, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<SessionId, Subscription> readers = new ConcurrentHashMap<>();
    private final Map<SessionId, Long> leftInThisBatch = new HashMap<>(); // the room thread's; Lamport times
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
        timeline.serve(this);
    }

    /** Ends a leaver's reader before the leaver's own left event is shown. */
    @Override
    public void beforeShown(List<Event> events) {
        leftInThisBatch.clear();
        for (Event event : events) {
            if (event instanceof Event.Left left) {
                SessionId session = left.header().session();
                leftInThisBatch.put(session, left.header().lamportTime());
                Subscription reader = readers.get(session);
                if (reader != null) {
                    reader.endBefore(left.header().lamportTime());
                }
            }
        }
    }

    @Override
    public void changed() {
        lanes.values().forEach(Lane::wakeAll);
    }

    /**
     * Begins to serve a session's reader, and ends the one that it had. If the session left in the batch that was shown last,
     * the reader is sent what was before that.
     *
     * @param thread one thread, which calls the reader; it is best the one of the reader's connection
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt Lamport time at which the subscription was accepted
     */
    public Subscription subscribe(
            SessionId session, Reader reader, ScheduledExecutorService thread, long cursor, long attachedAt) {
        Lane lane = lanes.computeIfAbsent(
                thread, its -> new Lane(its, timeline::view, catchUp, slowReaderTimeout, nanoTime));
        Subscription subscription =
                new Subscription(reader, cursor, attachedAt, lane, ended -> readers.remove(session, ended));
        Subscription older = readers.put(session, subscription); // before it can have ended
        if (older != null) {
            older.end(Reader.End.SUPERSEDED);
        }
        try {
            Long leftAt = leftInThisBatch.get(session);
            if (leftAt != null) {
                subscription.endBefore(leftAt); // first, since a round may begin as soon as it is added
            }
            lane.add(subscription);
        } catch (RuntimeException | Error e) {
            readers.remove(session, subscription);
            throw e;
        }
        if (closed) {
            lane.close();
        }
        return subscription;
    }

    /** How many sessions have a reader. Any thread may ask. */
    public int size() {
        return readers.size();
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
