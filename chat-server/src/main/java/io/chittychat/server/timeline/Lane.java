package io.chittychat.server.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers that one thread serves, in rounds. A round skips readers that are not ready; such a reader is served
 * alone once it is ready, so that the others do not wait for it. A round yields to the thread's other work every few
 * hundred kilobytes, for example to write what was sent.
 *
 * <p>Only a round runs tasks, and it serves all readers after them. A reader that is served alone sees the view of the
 * newest round, for which all tasks were run already. Hence every task, and every append, is followed by a round that
 * began after it.
 *
 * <p>After a round the lane rests for as long as the round and the writes that it caused took, half a millisecond at
 * most. Events that are appended meanwhile go out together. So few readers get events without a delay, and under load
 * more events are sent at once.
 *
 * <p>Threading: any thread may call the methods that are not private. The lane's own thread runs all other methods.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int CHUNK = 256;
    private static final long MOST_REST = 500_000; // nanoseconds
    private static final long LEAST_REST = 100_000; // nanoseconds; less is not worth a timer
    private static final long STALL_CHECK = 100_000_000; // nanoseconds
    private static final long RETRY = 100_000_000; // nanoseconds; until the next round after one that failed

    private final ScheduledExecutorService thread;
    private final Supplier<View> timeline;
    private final CatchUp catchUp;
    private final long slowReaderTimeout; // nanoseconds
    private final LongSupplier nanoTime;
    private final MpscUnboundedAtomicArrayQueue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final AtomicBoolean busy = new AtomicBoolean(); // a round is queued or under way, or the lane rests
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    private volatile long heldFrom; // the thread is the only writer

    private final List<Subscription> readers = new ArrayList<>(); // the thread's
    private boolean watching; // the thread's; a check for stalled readers is scheduled
    private Round newest; // the thread's

    Lane(
            ScheduledExecutorService thread,
            Supplier<View> timeline,
            CatchUp catchUp,
            long slowReaderTimeout,
            LongSupplier nanoTime) {
        this.thread = thread;
        this.timeline = timeline;
        this.catchUp = catchUp;
        this.slowReaderTimeout = slowReaderTimeout;
        this.nanoTime = nanoTime;
        View view = timeline.get();
        this.newest = new Round(view, catchUp, nanoTime);
        this.heldFrom = view.firstSegment();
    }

    /** The number of the first segment that this lane may still read: the first of its newest round. */
    long heldFrom() {
        return heldFrom;
    }

    /** Begins to serve a reader. */
    void add(Subscription reader) {
        execute(() -> readers.add(reader));
    }

    /**
     * Queues a task for the lane's thread. It runs before any reader is sent events that are appended after this call.
     */
    void execute(Runnable task) {
        tasks.offer(task);
        wakeAll();
    }

    /** The smallest cursor of a reader, empty if there is no reader; the lane's thread completes it. */
    CompletableFuture<OptionalLong> slowest() {
        CompletableFuture<OptionalLong> slowest = new CompletableFuture<>();
        execute(() -> slowest.complete(readers.stream()
                .filter(reader -> !reader.isEnded())
                .mapToLong(Subscription::cursor)
                .min()));
        return slowest;
    }

    /** Starts a round that serves all readers, or another one after the round that is under way. */
    void wakeAll() {
        if (!busy.get() && busy.compareAndSet(false, true)) {
            submit(() -> proceed(beginRound()));
        }
    }

    /** Serves one reader with the view of the newest round, because it became ready after it was skipped. */
    void serveAlone(Subscription reader) {
        submit(() -> {
            newest.serve(reader);
            if (reader.isStalled()) {
                watch();
            }
        });
    }

    /** Sends readers the events that they can take now, then ends all of them. */
    void close() {
        closing = true;
        wakeAll();
    }

    /** Waits until {@link #close} has ended all readers, at most for so many nanoseconds: the thread may hang. */
    void awaitEnd(long timeout) {
        try {
            if (!ended.await(timeout, TimeUnit.NANOSECONDS)) {
                LOG.error("A thread did not end its readers in time; their connections are cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads the view, then runs the tasks. A task that must precede an event, such as the end of a leaver, is queued
     * before the event is shown, so this order runs it in time. {@code poll} waits for a task whose insertion is under
     * way and that hides tasks behind it; {@code drain} would stop there.
     */
    private Round beginRound() {
        View view = timeline.get();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
        newest = new Round(view, catchUp, nanoTime);
        heldFrom = view.firstSegment(); // after the last use of an older view
        return newest;
    }

    private void proceed(Round round) {
        if (!round.proceed(readers)) {
            submit(() -> proceed(round));
            return;
        }
        readers.removeIf(Subscription::isEnded);
        watchStalled();
        if (round.hasSent() && !closing) {
            submit(() -> rest(round)); // runs after the writes that the round caused
        } else {
            end(round);
        }
    }

    private void rest(Round round) {
        long rest = Math.min(round.age(), MOST_REST);
        if (rest < LEAST_REST) {
            end(round);
        } else {
            schedule(() -> end(round), rest);
        }
    }

    private void end(Round round) {
        busy.set(false);
        if (!round.shows(timeline.get()) || !tasks.isEmpty()) {
            wakeAll();
        } else if (closing) {
            readers.forEach(reader -> run(() -> reader.finish(Reader.End.SHUTTING_DOWN)));
            readers.clear();
            ended.countDown();
        }
    }

    private void watchStalled() {
        if (!watching && readers.stream().anyMatch(Subscription::isStalled)) {
            watch();
        }
    }

    private void watch() {
        if (!watching) {
            watching = true;
            schedule(this::endStalled, Math.min(STALL_CHECK, slowReaderTimeout));
        }
    }

    private void endStalled() {
        watching = false;
        long now = nanoTime.getAsLong();
        readers.forEach(reader -> run(() -> reader.endIfStalled(now, slowReaderTimeout)));
        watchStalled();
    }

    private void submit(Runnable work) {
        try {
            thread.execute(() -> runGuarded(work));
        } catch (RejectedExecutionException e) {
            threadHasStopped(e);
        }
    }

    private void schedule(Runnable work, long nanos) {
        try {
            thread.schedule(() -> runGuarded(work), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            threadHasStopped(e);
        }
    }

    private void threadHasStopped(RejectedExecutionException e) {
        LOG.debug("The thread has stopped, and the connections that it served are closed", e);
        ended.countDown();
    }

    private void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A round of deliveries failed; another one follows", e);
            busy.set(false);
            schedule(this::wakeAll, RETRY); // delivers what this round did not
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task of a reader failed; the other readers are still served", e);
        }
    }
}
