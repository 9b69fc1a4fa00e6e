package io.chittychat.server.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over the readers and sends each one what it has not seen and can take now. A reader that cannot take anything is
 * passed over and later sent more at once; nobody waits for it.
 *
 * <p>Threading: one thread, {@code broadcaster-0}, sends. Any thread may subscribe.
 */
public final class Broadcaster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcaster.class);
    private static final int CHUNK = 1024;
    private static final Duration STALL_CHECK = Duration.ofMillis(100);

    private final Timeline timeline;
    private final CatchUp catchUp;
    private final long slowReaderTimeout; // nanoseconds
    private final Thread thread = new Thread(this::run, "broadcaster-0");
    private final MpscUnboundedAtomicArrayQueue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final List<Subscription> subscriptions = new ArrayList<>(); // the broadcaster thread's
    private volatile boolean closing;
    private volatile boolean idle; // the thread is about to park, or parked

    /**
     * A broadcaster that is not running yet.
     *
     * @param catchUp fetches what the timeline does not hold any more
     * @param slowReaderTimeout how long a reader may make no progress while it is behind
     */
    public Broadcaster(Timeline timeline, CatchUp catchUp, Duration slowReaderTimeout) {
        this.timeline = timeline;
        this.catchUp = catchUp;
        this.slowReaderTimeout = slowReaderTimeout.toNanos();
        timeline.onAppend(this::wake);
    }

    /** Starts sending. */
    public void start() {
        thread.start();
    }

    /**
     * Begins to serve a reader.
     *
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt Lamport time at which the subscription was accepted
     */
    public Subscription subscribe(Reader reader, long cursor, long attachedAt) {
        Subscription subscription = new Subscription(reader, cursor, attachedAt, this::execute);
        execute(() -> subscriptions.add(subscription));
        return subscription;
    }

    /** Sends readers what there is and they can take, ends them all, and returns when that is done. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(Runnable task) {
        tasks.offer(task);
        wake();
        if (!thread.isAlive() && closing) {
            endLatecomers();
        }
    }

    private void wake() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            try {
                awaitWork(serve());
            } catch (RuntimeException | Error e) {
                LOG.error("A round of serving failed; the next one may succeed", e);
            }
        }
        serve();
        endLatecomers();
    }

    private View serve() {
        // The view first: whoever appends to it hands in what must be known before, such as the end of a leaver.
        View view = timeline.view();
        tasks.drain(Broadcaster::run);
        SliceFinder slices = new SliceFinder(view);
        long now = System.nanoTime();
        for (Subscription subscription : subscriptions) {
            try {
                subscription.serve(view, slices, catchUp, now);
                subscription.endIfStalled(now, slowReaderTimeout);
            } catch (RuntimeException e) {
                LOG.error("A reader failed and is served no more", e);
                subscription.abandon();
            }
        }
        subscriptions.removeIf(Subscription::isEnded);
        return view;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A request to the broadcaster failed", e);
        }
    }

    private void awaitWork(View served) {
        boolean someStalled = subscriptions.stream().anyMatch(Subscription::isStalled);
        idle = true;
        if (tasks.isEmpty() && timeline.view() == served && !closing) {
            if (someStalled) {
                LockSupport.parkNanos(this, STALL_CHECK.toNanos());
            } else {
                LockSupport.park(this);
            }
        }
        idle = false;
    }

    /** Ends everybody; also those who subscribed while the thread was stopping. */
    private synchronized void endLatecomers() {
        tasks.drain(Broadcaster::run);
        subscriptions.forEach(subscription -> run(() -> subscription.finish(Reader.End.SHUTTING_DOWN)));
        subscriptions.clear();
    }
}
