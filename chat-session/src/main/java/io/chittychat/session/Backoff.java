package io.chittychat.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time, up to a bound, of which a random half is taken off so
 * that participants who lost the same service do not come back in step.
 *
 * @param initial the longest wait before the first repetition
 * @param max the longest wait of all
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">M. Brooker, Exponential
 *     Backoff and Jitter ("equal jitter")</a>
 */
public record Backoff(Duration initial, Duration max) {

    private static final int MAX_DOUBLINGS = 30;

    /** 100 ms, doubling up to 2 s: a service that restarts is found well within the resume window of 5 s. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** @throws IllegalArgumentException unless {@code 0 < initial <= max} */
    public Backoff {
        if (initial.isNegative() || initial.isZero() || initial.compareTo(max) > 0) {
            throw new IllegalArgumentException("0 < initial <= max does not hold: " + initial + ", " + max);
        }
    }

    /**
     * The wait before a repetition.
     *
     * @param failures how many attempts in a row have failed before this one, from 1
     */
    Duration delay(int failures, RandomGenerator random) {
        Duration doubled = initial.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        long nanos = (doubled.compareTo(max) < 0 ? doubled : max).toNanos();
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
