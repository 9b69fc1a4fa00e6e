package io.chittychat.server.chat;

import com.google.protobuf.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives the caller of a Broadcast who asked for it a sign of life whenever nothing else was sent for an interval.
 *
 * <p>Threading: the thread of the call's connection; any thread may stop it.
 */
final class Heartbeat {

    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private final EventSink sink;
    private final ScheduledExecutorService thread;
    private final long interval; // nanoseconds
    private boolean sent; // anything since the last tick
    private volatile boolean stopped;

    private Heartbeat(EventSink sink, ScheduledExecutorService thread, long interval) {
        this.sink = sink;
        this.thread = thread;
        this.interval = interval;
    }

    /**
     * The heartbeat of a Broadcast; empty if none is asked for.
     *
     * @param asked the interval, of which any value may come from a caller
     */
    static Optional<Heartbeat> of(Duration asked, EventSink sink, ScheduledExecutorService thread) {
        long seconds = Math.min(asked.getSeconds(), MOST_SECONDS);
        long nanos = seconds < 0 ? 0 : TimeUnit.SECONDS.toNanos(seconds) + asked.getNanos();
        return nanos <= 0 ? Optional.empty() : Optional.of(new Heartbeat(sink, thread, Math.max(LEAST, nanos)));
    }

    /** Sends the first one, which tells the caller that there will be heartbeats, also while there is much else to send. */
    void start() {
        sink.heartbeat();
        schedule();
    }

    private void schedule() {
        thread.schedule(this::tick, interval, TimeUnit.NANOSECONDS);
    }

    /** The caller was sent something else. */
    void sent() {
        sent = true;
    }

    void stop() {
        stopped = true;
    }

    private void tick() {
        if (stopped) {
            return;
        }
        if (!sent && sink.isReady()) {
            sink.heartbeat();
        }
        sent = false;
        schedule();
    }
}
