package io.chittychat.server.log;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command log inside one process. A batch is whatever arrived while the previous batch was being handled, so load makes
 * batches larger and not the wait longer.
 *
 * <p>The queue has no bound of its own: callers have at most so many commands under way as the service's flow control
 * lets them.
 *
 * <p>Threading: one thread, {@code room}, applies commands and tells replies. Any thread may submit.
 */
public final class LocalCommandLog implements CommandLog {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCommandLog.class);
    private static final int CHUNK = 1024;
    private static final int MAX_BATCH = 4096;

    private final Room room;
    private final Clock wallClock;
    private final Journal journal;
    private final List<BatchSink> sinks;
    private final Thread thread;

    private final MpscUnboundedAtomicArrayQueue<Entry<?>> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private volatile State state = State.OPEN;
    private volatile Runnable onFailure = () -> {};
    private volatile boolean idle; // the room thread is about to park, or parked
    private boolean stopped; // guarded by this: the room thread takes nothing more

    // Owned by the room thread.
    private long recordedTime; // the newest Lamport time that readers may be told of
    private final List<Entry<?>> batch = new ArrayList<>(MAX_BATCH);

    /**
     * A log that is not running yet.
     *
     * @param wallClock stamps batches, for {@code recorded_at} and for windows of time; to the microsecond, so that an event
     *     is the same whether it is live or was recorded
     * @param journal records each batch
     * @param sinks take each batch in this order when it is recorded, before its replies are told
     */
    public LocalCommandLog(Room room, Clock wallClock, Journal journal, List<BatchSink> sinks) {
        this.room = room;
        this.wallClock = wallClock;
        this.journal = journal;
        this.sinks = List.copyOf(sinks);
        this.recordedTime = room.lamportTime();
        this.thread = new Thread(this::run, "room");
    }

    /** Starts applying commands. */
    public void start() {
        thread.start();
    }

    @Override
    public State state() {
        return state;
    }

    /** How many commands wait for their turn. Any thread may ask. */
    public int waiting() {
        return queue.size();
    }

    @Override
    public void onFailure(Runnable listener) {
        onFailure = listener;
    }

    @Override
    public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
        if (state != State.OPEN) {
            reply.refused(refusal());
            return;
        }
        queue.offer(new Entry<>(command, reply));
        if (idle) {
            LockSupport.unpark(thread);
        }
        if (state != State.OPEN) {
            refuseLeftovers();
        }
    }

    @Override
    public void close() {
        if (state == State.OPEN) {
            state = State.CLOSED;
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (state == State.OPEN) {
                if (!handleBatch()) {
                    awaitWork();
                }
            }
            while (handleBatch()) {
                // what was taken before the log was closed is finished
            }
        } catch (RuntimeException | Error e) {
            state = State.FAILED;
            LOG.error("The log failed and takes no more commands", e);
            batch.forEach(entry -> entry.refuse(Refusal.LOG_UNAVAILABLE));
            onFailure.run();
        } finally {
            synchronized (this) {
                stopped = true;
            }
            refuseLeftovers();
        }
    }

    /** Handles what has arrived; false if nothing has. */
    private boolean handleBatch() {
        batch.clear();
        queue.drain(batch::add, MAX_BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        List<Event> events = record(wallClock.instant().truncatedTo(ChronoUnit.MICROS));
        for (BatchSink sink : sinks) {
            sink.append(events, recordedTime);
        }
        batch.forEach(Entry::tell);
        batch.clear();
        return true;
    }

    /** Applies and records the batch; without space for it only what is no publish, without any space nothing. */
    private List<Event> record(Instant now) {
        try {
            return applyAndAppend(now, journal.hasSpace());
        } catch (Journal.FullException full) {
            LOG.warn("There is no space for messages any more", full);
            room.restore(journal.recorded());
        }
        try {
            return applyAndAppend(now, false);
        } catch (Journal.FullException full) {
            LOG.error("There is no space for anything any more", full);
            room.restore(journal.recorded());
            batch.forEach(entry -> entry.undo(Refusal.STORE_FULL));
            return List.of();
        }
    }

    private List<Event> applyAndAppend(Instant now, boolean publishing) throws Journal.FullException {
        for (Entry<?> entry : batch) {
            if (publishing || !entry.isPublish()) {
                entry.apply(room, now);
            } else {
                entry.undo(Refusal.STORE_FULL);
            }
        }
        List<Event> events =
                batch.stream().flatMap(entry -> entry.event().stream()).toList();
        List<Result.Joined> joins =
                batch.stream().flatMap(entry -> entry.join().stream()).toList();
        long lamportTime = room.lamportTime();
        journal.append(new Journal.Batch(events, joins, lamportTime));
        recordedTime = lamportTime;
        return events;
    }

    private void awaitWork() {
        idle = true;
        while (queue.isEmpty() && state == State.OPEN) {
            LockSupport.park(this);
        }
        idle = false;
    }

    /** Refuses commands that slipped in while the room thread was stopping. */
    private synchronized void refuseLeftovers() {
        if (stopped) {
            queue.drain(entry -> entry.refuse(refusal()));
        }
    }

    private Refusal refusal() {
        return state == State.FAILED ? Refusal.LOG_UNAVAILABLE : Refusal.SHUTTING_DOWN;
    }
}
