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
 * Sends the events of the timeline to its readers; a session has at most one. Each reader belongs to the {@link Lane}
 * of its connection's thread, so that events reach the connection without a change of thread.
 *
 * <p>Threading: only the room thread subscribes readers and appends events; the thread given with a reader serves it;
 * any thread may cancel a subscription.
 */
public final class Broadcaster implements Timeline.Audience, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10); // for threads that hang; slow readers are cut off

    private final Timeline timeline;
    private final CatchUp catchUp;
    private final long slowReaderTimeout; // nanoseconds
    private final LongSupplier nanoTime;
    private final Map<ScheduledExecutorService, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<SessionId, Subscription> readers = new ConcurrentHashMap<>();
    private final Map<SessionId, Long> leftInThisBatch = new HashMap<>(); // the room thread's; with Lamport times
    private volatile boolean closed;

    /**
     * Creates the broadcaster of a timeline.
     *
     * @param catchUp fetches events that the timeline no longer holds
     * @param slowReaderTimeout a reader that is behind and makes no progress for this long is ended
     */
    public Broadcaster(Timeline timeline, CatchUp catchUp, Duration slowReaderTimeout) {
        this(timeline, catchUp, slowReaderTimeout, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    Broadcaster(Timeline timeline, CatchUp catchUp, Duration slowReaderTimeout, LongSupplier nanoTime) {
        this.timeline = timeline;
        this.catchUp = catchUp;
        this.slowReaderTimeout = slowReaderTimeout.toNanos();
        this.nanoTime = nanoTime;
        timeline.serve(this);
    }

    /** Ends the readers of sessions that leave, before their own left events are shown. */
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

    @Override
    public long heldFrom() {
        long from = Long.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            from = Math.min(from, lane.heldFrom());
        }
        return from;
    }

    /**
     * Begins to serve a session's reader, and ends the session's earlier reader. If the session left in the batch that
     * was shown last, the reader gets only the events before that.
     *
     * @param thread a single thread that calls the reader; preferably the thread of the reader's connection
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt the Lamport time at which the subscription was accepted
     */
    public Subscription subscribe(
            SessionId session, Reader reader, ScheduledExecutorService thread, long cursor, long attachedAt) {
        Lane lane = lanes.computeIfAbsent(
                thread, key -> new Lane(key, timeline::view, catchUp, slowReaderTimeout, nanoTime));
        Subscription subscription =
                new Subscription(reader, cursor, attachedAt, lane, ended -> readers.remove(session, ended));
        Subscription older = readers.put(session, subscription); // before it can end and remove itself
        if (older != null) {
            older.end(Reader.End.SUPERSEDED);
        }
        try {
            Long leftAt = leftInThisBatch.get(session);
            if (leftAt != null) {
                subscription.endBefore(leftAt); // before the reader is added, because a round may begin at once
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

    /** Ends a session's reader, because another node serves the session now. The room thread calls it. */
    public void supersede(SessionId session) {
        Subscription reader = readers.get(session);
        if (reader != null) {
            reader.end(Reader.End.SUPERSEDED);
        }
    }

    /** Ends all readers, because the other nodes gave this one up. The room thread calls it. */
    public void endAll() {
        readers.values().forEach(reader -> reader.end(Reader.End.NODE_LOST));
    }

    /** The number of sessions that have a reader. Any thread may call it. */
    public int size() {
        return readers.size();
    }

    /** For each lane, the Lamport time up to which its slowest reader has been served; empty if it has no readers. */
    List<CompletableFuture<OptionalLong>> slowest() {
        return lanes.values().stream().map(Lane::slowest).toList();
    }

    /** Sends readers the events that they can take now, then ends them all. Waits up to 10 seconds for that. */
    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        lanes.values().forEach(lane -> lane.awaitEnd(deadline - System.nanoTime()));
    }
}
