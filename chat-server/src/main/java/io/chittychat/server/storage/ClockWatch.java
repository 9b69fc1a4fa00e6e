package io.chittychat.server.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices jumps of the wall clock, by comparison with a clock that does not jump.
 *
 * <p>Threading: one thread.
 */
final class ClockWatch {

    private static final Duration SMALL = Duration.ofMinutes(1); // a correction that nobody needs to know of

    private final Clock wallClock;
    private final LongSupplier nanoTime;
    private Instant lastInstant;
    private long lastNanos;

    /** @param nanoTime a clock that does not jump with the wall clock, in nanoseconds */
    ClockWatch(Clock wallClock, LongSupplier nanoTime) {
        this.wallClock = wallClock;
        this.nanoTime = nanoTime;
        this.lastInstant = wallClock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /** Returns how far the wall clock has jumped since the last call, back if negative; empty if it has not. */
    Optional<Duration> jump() {
        Instant instant = wallClock.instant();
        long nanos = nanoTime.getAsLong();
        Duration jump = Duration.between(lastInstant, instant).minusNanos(nanos - lastNanos);
        lastInstant = instant;
        lastNanos = nanos;
        return Optional.of(jump).filter(by -> by.abs().compareTo(SMALL) > 0);
    }
}
