package io.chittychat.server.chat;

import com.google.protobuf.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the caller of a Broadcast who asked for it a sign of life whenever nothing else was sent for an interval.
 *
 * <p>Threading: the thread of the call's connection; any thread may stop it, even before it starts.
 */
final class Heartbeat {

    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST_SECONDS = 60;

    private final EventSink sink;
    private final ScheduledExecutorService thread;
    private final LongSupplier nanoTime;
    private final long interval; // nanoseconds
    private long sentAt;
    private boolean stopped; // guarded by this
    private @Nullable Future<?> next; // guarded by this

    private Heartbeat(EventSink sink, ScheduledExecutorService thread, LongSupplier nanoTime, long interval) {
        this.sink = sink;
        this.thread = thread;
        this.nanoTime = nanoTime;
        this.interval = interval;
    }

    /**
     * The heartbeat of a Broadcast; empty if none is asked for.
     *
     * @param asked the interval, of which any value may come from a caller
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    static Optional<Heartbeat> of(
            Duration asked, EventSink sink, ScheduledExecutorService thread, LongSupplier nanoTime) {
        long seconds = Math.min(asked.getSeconds(), MOST_SECONDS);
        long nanos = seconds < 0 ? 0 : TimeUnit.SECONDS.toNanos(seconds) + asked.getNanos();
        if (nanos <= 0) {
            return Optional.empty();
        }
        long bounded = Math.min(TimeUnit.SECONDS.toNanos(MOST_SECONDS), Math.max(LEAST, nanos));
        return Optional.of(new Heartbeat(sink, thread, nanoTime, bounded));
    }

    /** Sends the first one, which tells the caller that there will be heartbeats, also while there is much else to send. */
    void start() {
        if (!isStopped()) {
            beat();
            schedule(interval);
        }
    }

    private void beat() {
        sink.heartbeat();
        sent();
    }

    private synchronized void schedule(long delay) {
        if (!stopped) {
            next = thread.schedule(this::tick, delay, TimeUnit.NANOSECONDS);
        }
    }

    /** The caller was sent something. */
    void sent() {
        sentAt = nanoTime.getAsLong();
    }

    /** Leaves no timer behind: the connection's thread would keep the whole Broadcast until it is due. */
    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void tick() {
        if (isStopped()) {
            return;
        }
        long left = sentAt + interval - nanoTime.getAsLong();
        if (left > 0) {
            schedule(left);
            return;
        }
        if (sink.isReady()) {
            beat();
        }
        schedule(interval);
    }
}
