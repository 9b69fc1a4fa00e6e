package io.chittychat.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait before an attempt is repeated. It doubles with each failure up to a bound, and a random part of up to a half is
 * subtracted, so that participants that lost the same service do not reconnect at the same moment.
 *
 * @param initial the longest wait before the first repetition
 * @param max the longest wait
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">M. Brooker, Exponential
 *     Backoff and Jitter ("equal jitter")</a>
 */
public record Backoff(Duration initial, Duration max) {

    private static final int MAX_DOUBLINGS = 30;

    /** 100 ms, doubling up to 2 s, so that a session finds a restarted service within the resume window of 5 s. */
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
     * @param failures the number of failed attempts in a row, from 1
     */
    Duration delay(int failures, RandomGenerator random) {
        Duration doubled = initial.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        long nanos = (doubled.compareTo(max) < 0 ? doubled : max).toNanos();
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
