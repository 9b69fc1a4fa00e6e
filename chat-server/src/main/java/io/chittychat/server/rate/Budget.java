package io.chittychat.server.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket from which any amount can be taken, and which refills steadily. It is full at first.
 *
 * <p>Threading: any thread.
 */
public final class Budget {

    private final Bucket bucket;

    /**
     * Creates a budget that uses the system's monotonic clock.
     *
     * @param capacity the most tokens that it can hold
     * @param perSecond the tokens that are added each second
     */
    public Budget(long capacity, long perSecond) {
        this(capacity, perSecond, TimeMeter.SYSTEM_NANOTIME);
    }

    Budget(long capacity, long perSecond, TimeMeter clock) {
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }

    /**
     * Takes tokens, if there are enough.
     *
     * @return 0 if they were taken; otherwise the nanoseconds until there are enough
     */
    public long take(long amount) {
        return bucket.tryConsume(amount)
                ? 0
                : Math.max(1, bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }
}
