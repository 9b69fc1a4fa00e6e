package io.chittychat.session;

import com.google.protobuf.Duration;
import io.chittychat.v1.BroadcastResponse;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that an address has fallen silent, for example because its process is frozen, by the missing heartbeats of a Broadcast.
 * gRPC's keepalive needs 15 s for that, longer than the default resume window. It begins with the first heartbeat, since an older
 * service sends none. Bytes of a message that is not whole yet are a sign of life, too, since a slow link takes long for a large one.
 *
 * <p>Used by the session thread only.
 */
final class SilenceWatch {

    private static final int OF_WINDOW = 5;
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST = TimeUnit.SECONDS.toNanos(5);

    /** So many whole intervals without a byte are a silence: at most four fifths of the resume window. */
    private static final int PATIENCE = 3;

    private final ScheduledExecutorService thread;
    private final long interval; // nanoseconds
    private final LongSupplier arrived;
    private final Runnable onSilence;
    private boolean watching;
    private boolean stopped;
    private int silentIntervals;
    private long arrivedBefore;

    /**
     * @param interval at which heartbeats were asked for; zero if none were
     * @param arrived the number of bytes that have arrived
     * @param onSilence runs at most once
     */
    SilenceWatch(ScheduledExecutorService thread, Duration interval, LongSupplier arrived, Runnable onSilence) {
        this.thread = thread;
        this.interval = nanos(interval);
        this.arrived = arrived;
        this.onSilence = onSilence;
    }

    private static long nanos(Duration duration) {
        return TimeUnit.SECONDS.toNanos(duration.getSeconds()) + duration.getNanos();
    }

    /** How often a service that tells its resume window is asked for heartbeats; zero for never if it does not tell. */
    static Duration interval(Duration resumeWindow) {
        long nanos = nanos(resumeWindow) / OF_WINDOW;
        if (nanos <= 0) {
            return Duration.getDefaultInstance();
        }
        long bounded = Math.min(MOST, Math.max(LEAST, nanos));
        long second = TimeUnit.SECONDS.toNanos(1);
        return Duration.newBuilder()
                .setSeconds(bounded / second)
                .setNanos((int) (bounded % second))
                .build();
    }

    void heard(BroadcastResponse response) {
        silentIntervals = 0;
        boolean isHeartbeat = response.getEventsCount() == 0 && !response.hasCaughtUp();
        if (isHeartbeat && !watching && interval > 0) {
            watching = true;
            watch();
        }
    }

    private void watch() {
        thread.schedule(this::tick, interval, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (stopped) {
            return;
        }
        long bytes = arrived.getAsLong();
        silentIntervals = bytes == arrivedBefore ? silentIntervals + 1 : 1;
        arrivedBefore = bytes;
        if (silentIntervals > PATIENCE) {
            onSilence.run();
        } else {
            watch();
        }
    }

    void stop() {
        stopped = true;
    }
}
