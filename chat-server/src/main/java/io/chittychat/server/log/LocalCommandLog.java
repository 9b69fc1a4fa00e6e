package io.chittychat.server.log;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command log of a single process. A batch has the commands that arrived during the previous batch, so under load
 * batches grow rather than the wait.
 *
 * <p>The queue is unbounded; the service's flow control limits how many commands callers may have in it.
 *
 * <p>Threading: any thread may submit. One thread, {@code room}, handles the batches.
 */
public final class LocalCommandLog implements CommandLog {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCommandLog.class);
    private static final int CHUNK = 1024;
    private static final int MAX_BATCH = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(20); // for a disk that hangs while the log is closed

    private final RoomLoop loop;
    private final Clock wallClock;
    private final Thread thread;

    private final MpscUnboundedAtomicArrayQueue<Ordered<?>> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private volatile State state = State.OPEN;
    private final FailureListeners onFailure = new FailureListeners();
    private volatile boolean idle; // the room thread is parked, or about to park
    private boolean stopped; // guarded by this; the room thread takes no more commands

    private final List<Ordered<?>> batch = new ArrayList<>(MAX_BATCH); // the room thread's

    /**
     * Creates a log; {@link #start} starts it.
     *
     * @param loop handles the batches
     * @param wallClock the clock for the time of each batch
     */
    public LocalCommandLog(RoomLoop loop, Clock wallClock) {
        this.loop = loop;
        this.wallClock = wallClock;
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

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public void onFailure(Runnable listener) {
        onFailure.add(listener);
    }

    @Override
    public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
        if (state != State.OPEN) {
            reply.refused(refusal());
            return;
        }
        queue.offer(new Ordered<>(command, reply));
        if (idle) {
            LockSupport.unpark(thread);
        }
        if (state != State.OPEN) {
            refuseLeftovers();
        }
    }

    @Override
    public void close() {
        stop();
        joinUninterruptibly();
    }

    /** Takes no more commands. The room thread still handles those that were taken. */
    void stop() {
        synchronized (this) {
            if (state == State.OPEN) {
                state = State.CLOSED;
            }
        }
        LockSupport.unpark(thread);
    }

    /** Waits until the room thread has ended, without a limit. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** Waits for the room thread despite interrupts: otherwise the journal would be closed while it records. */
    private void joinUninterruptibly() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        for (long left = PATIENCE.toNanos(); left > 0 && thread.isAlive(); left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (thread.isAlive()) {
            LOG.error("The newest batch was not recorded within {} s; its callers get no answer", PATIENCE.toSeconds());
        }
        if (interrupted) {
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
                // handles what was taken before the log was closed
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            synchronized (this) {
                stopped = true;
            }
            refuseLeftovers();
        }
    }

    /** Takes no more commands, then refuses the current batch, even if logging fails, too. */
    private void fail(Throwable cause) {
        synchronized (this) {
            state = State.FAILED;
        }
        try {
            LOG.error("The log failed and takes no more commands", cause);
        } finally {
            batch.forEach(ordered -> ordered.refuse(Refusal.LOG_UNAVAILABLE));
            onFailure.failed();
        }
    }

    /** Handles the commands that have arrived. Returns false if there are none. */
    private boolean handleBatch() {
        batch.clear();
        queue.drain(batch::add, MAX_BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        Instant now = wallClock.instant().truncatedTo(ChronoUnit.MICROS);
        batch.forEach(ordered -> ordered.orderedAt(now));
        loop.handle(batch);
        batch.clear();
        return true;
    }

    private void awaitWork() {
        idle = true;
        while (queue.isEmpty() && state == State.OPEN) {
            LockSupport.park(this);
        }
        idle = false;
    }

    /** Refuses commands that were queued while the room thread was stopping. */
    private synchronized void refuseLeftovers() {
        if (stopped) {
            for (Ordered<?> late = queue.poll(); late != null; late = queue.poll()) { // drain has a limit
                late.refuse(refusal());
            }
        }
    }

    private Refusal refusal() {
        return state == State.FAILED ? Refusal.LOG_UNAVAILABLE : Refusal.SHUTTING_DOWN;
    }
}
