package io.chittychat.server.storage;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits how fast old events are removed. If the wall clock jumps ahead, all events look old; removing them then takes
 * at least half a day, or half of the maximum age if that is shorter, so that an operator can notice.
 *
 * <p>Threading: one thread.
 */
final class RemovalPace {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final double MOST = 1.0 / 24; // of the log, which may be removed at once after a pause

    private final double period; // nanoseconds that removing the whole log takes at least
    private final LongSupplier nanoTime;
    private long last;
    private double share; // of the log; may be removed now

    /**
     * @param maxAge the age at which events are removed; above zero
     * @param nanoTime a clock that does not jump with the wall clock, in nanoseconds
     */
    RemovalPace(Duration maxAge, LongSupplier nanoTime) {
        this.period = (maxAge.compareTo(LONGEST) < 0 ? maxAge : LONGEST).toNanos() / 2.0;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Returns how many events of a log with {@code events} events may be removed now. */
    long allowed(long events) {
        long now = nanoTime.getAsLong();
        share = Math.min(MOST, share + (now - last) / period);
        last = now;
        return (long) (share * events);
    }

    /** Notes that {@code removed} of {@code events} events were removed. */
    void removed(long removed, long events) {
        share -= (double) removed / events;
    }

    /** Returns the shortest time in which a whole log may be removed. */
    Duration shortest() {
        return Duration.ofNanos((long) period);
    }
}
