package io.chittychat.server.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Something of which there is a little more every second, and which is used up in larger and smaller amounts: a token
 * bucket. It is full in the beginning.
 *
 * <p>Threading: any thread.
 */
public final class Budget {

    private final Bucket bucket;

    /** A budget by the machine's clock. */
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
     * Uses some of it up, if there is as much.
     *
     * @return 0 if there was; otherwise after how many nanoseconds there will be
     */
    public long take(long amount) {
        return bucket.tryConsume(amount)
                ? 0
                : Math.max(1, bucket.estimateAbilityToConsume(amount).getNanosToWaitForRefill());
    }
}
