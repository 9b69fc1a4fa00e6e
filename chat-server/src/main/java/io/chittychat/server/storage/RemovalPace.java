package io.chittychat.server.storage;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many old events may be removed now. The wall clock tells which are old, and a clock that jumps ahead makes all of them look
 * so: removing the whole log takes half a day at least, or half of the maximum age if that is shorter, so that an operator can notice.
 *
 * <p>Threading: one thread.
 */
final class RemovalPace {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final double MOST = 1.0 / 24; // of the log, saved up while there was nothing to remove

    private final double period; // nanoseconds in which a whole log may be removed
    private final LongSupplier nanoTime;
    private long last;
    private double share; // of the log, which may be removed now

    /**
     * @param maxAge events that are older are removed; above zero
     * @param nanoTime tells how much time has passed, whatever happens to the wall clock
     */
    RemovalPace(Duration maxAge, LongSupplier nanoTime) {
        this.period = (maxAge.compareTo(LONGEST) < 0 ? maxAge : LONGEST).toNanos() / 2.0;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** How many of so many events may be removed now. */
    long allowed(long events) {
        long now = nanoTime.getAsLong();
        share = Math.min(MOST, share + (now - last) / period);
        last = now;
        return (long) (share * events);
    }

    /** So many events were removed of so many. */
    void removed(long removed, long events) {
        share -= (double) removed / events;
    }
}
