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
 * The readers that one thread serves, in rounds. A reader that cannot take anything is passed over, and served alone
 * when it can; nobody waits for it. A round gives way again and again to the thread's other work, such as writing what
 * was sent.
 *
 * <p>Only a round does tasks, and it serves every reader after them. A reader that is served alone is shown what the newest
 * round shows, so no task has to be done for it. Hence every task, and every append, is followed by a round that began
 * after it.
 *
 * <p>After a round the lane rests for as long as the round took with all that it caused, half a millisecond at most,
 * so that what is appended meanwhile goes out together. So few readers never wait, and many are sent the more at once
 * the more there is to do.
 *
 * <p>Threading: the methods that are not private may be called by any thread; the rest is the lane's own thread's.
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
    private final AtomicBoolean busy = new AtomicBoolean(); // a round is due, under way, or followed by a rest
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    private final List<Subscription> readers = new ArrayList<>(); // the thread's
    private boolean watching; // the thread's; stalled readers are going to be looked at
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
        this.newest = new Round(timeline.get(), catchUp, nanoTime);
    }

    /** Begins to serve a reader. */
    void add(Subscription reader) {
        execute(() -> readers.add(reader));
    }

    /** Has the lane's thread do something before it serves anybody what is appended after this call. */
    void execute(Runnable task) {
        tasks.offer(task);
        wakeAll();
    }

    /** Looks for the reader that was served the least; completed by the lane's thread. */
    CompletableFuture<OptionalLong> slowest() {
        CompletableFuture<OptionalLong> slowest = new CompletableFuture<>();
        execute(() -> slowest.complete(readers.stream()
                .filter(reader -> !reader.isEnded())
                .mapToLong(Subscription::cursor)
                .min()));
        return slowest;
    }

    /** Begins a round, now or after the one that is under way: there may be something for every reader. */
    void wakeAll() {
        if (!busy.get() && busy.compareAndSet(false, true)) {
            hand(() -> goOn(begin()));
        }
    }

    /** Serves a reader that could not take what there was; for what came after that there is a round. */
    void serveAlone(Subscription reader) {
        hand(() -> {
            newest.serve(reader);
            if (reader.isStalled()) {
                watch();
            }
        });
    }

    /** Sends what can be sent, and ends everybody. */
    void close() {
        closing = true;
        wakeAll();
    }

    /** Waits until every reader was ended after {@link #close}; at most so many nanoseconds, since a thread may hang. */
    void awaitEnd(long most) {
        try {
            if (!ended.await(most, TimeUnit.NANOSECONDS)) {
                LOG.error("A thread that serves readers did not end them in time; they are cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The view first: whoever appends to it hands in what must be known before, such as the end of a leaver. Tasks are polled
     * one by one, which waits for those that are just being handed in and may stand before the one that matters; draining
     * the queue would stop there.
     */
    private Round begin() {
        View view = timeline.get();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
        newest = new Round(view, catchUp, nanoTime);
        return newest;
    }

    private void goOn(Round round) {
        if (!round.goOn(readers)) {
            hand(() -> goOn(round));
            return;
        }
        readers.removeIf(Subscription::isEnded);
        watchStalled();
        if (round.hasSent() && !closing) {
            hand(() -> rest(round)); // in the queue behind what the round has caused
        } else {
            end(round);
        }
    }

    private void rest(Round round) {
        long rest = Math.min(round.age(), MOST_REST);
        if (rest < LEAST_REST) {
            end(round);
        } else {
            later(() -> end(round), rest);
        }
    }

    private void end(Round round) {
        busy.set(false);
        if (!round.isOf(timeline.get()) || !tasks.isEmpty()) {
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
            later(this::endStalled, Math.min(STALL_CHECK, slowReaderTimeout));
        }
    }

    private void endStalled() {
        watching = false;
        long now = nanoTime.getAsLong();
        readers.forEach(reader -> run(() -> reader.endIfStalled(now, slowReaderTimeout)));
        watchStalled();
    }

    private void hand(Runnable work) {
        try {
            thread.execute(() -> guarded(work));
        } catch (RejectedExecutionException e) {
            gone(e);
        }
    }

    private void later(Runnable work, long nanos) {
        try {
            thread.schedule(() -> guarded(work), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            gone(e);
        }
    }

    private void gone(RejectedExecutionException e) {
        LOG.debug("The thread is gone, and with it the connections that it looked after", e);
        ended.countDown();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A round failed; the next one may succeed", e);
            busy.set(false);
            later(this::wakeAll, RETRY); // what this one left undone
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A reader's request or its end failed; the other readers are served", e);
        }
    }
}
