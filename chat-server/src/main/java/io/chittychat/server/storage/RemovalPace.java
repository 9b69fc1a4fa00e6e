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
    private long log = 1; // events; as many as there were when the first of those was removed that are removed now

    /**
     * @param maxAge the age at which events are removed; above zero
     * @param nanoTime a clock that does not jump with the wall clock, in nanoseconds
     */
    RemovalPace(Duration maxAge, LongSupplier nanoTime) {
        this.period = (maxAge.compareTo(LONGEST) < 0 ? maxAge : LONGEST).toNanos() / 2.0;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Returns how many events of a log that has {@code events} events now may be removed: sooner or later at least one. */
    long allowed(long events) {
        long now = nanoTime.getAsLong();
        log = Math.max(log, events);
        share = Math.min(Math.max(MOST, 1.0 / log), share + (now - last) / period);
        last = now;
        return Math.round(Math.floor(share * log + 0.001)); // the sum of many small shares is not exact
    }

    /** Notes that some events were removed. */
    void removed(long events) {
        share -= (double) events / log;
    }

    /** Notes that no event of those that are left is old. */
    void nothingIsOld() {
        log = 1;
    }

    /** Returns the shortest time in which a whole log may be removed. */
    Duration shortest() {
        return Duration.ofNanos((long) period);
    }
}
