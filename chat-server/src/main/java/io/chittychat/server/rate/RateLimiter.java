package io.chittychat.server.rate;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds each of many to a rate, by a token bucket. Who has been quiet for long enough has a full bucket, and is as good as
 * one who was never seen: those are forgotten whenever the number of buckets has doubled, so there are never more than
 * twice as many as are in use, or {@value #FEW}.
 *
 * <p>Threading: any thread.
 *
 * @param <K> who is held to it
 */
public final class RateLimiter<K> {

    private static final int FEW = 1024;

    private final Rate rate;
    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final ConcurrentMap<K, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FEW);

    /** A limiter by the machine's clock. */
    public RateLimiter(Rate rate) {
        this(rate, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(Rate rate, TimeMeter clock) {
        this.rate = rate;
        this.clock = clock;
        this.bandwidth = Bandwidth.builder()
                .capacity(rate.burst())
                .refillGreedy(Math.max(1, rate.perSecond()), Duration.ofSeconds(1))
                .build();
    }

    /** Whether there is no limit at all. */
    public boolean isUnlimited() {
        return rate.isUnlimited();
    }

    /**
     * Does it once more, if that is allowed now.
     *
     * @return 0 if it is; otherwise after how many nanoseconds it will be
     */
    public long take(K who) {
        if (rate.isUnlimited()) {
            return 0;
        }
        Bucket bucket = bucket(who);
        return bucket.tryConsume(1)
                ? 0
                : Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    int size() {
        return buckets.size();
    }

    private Bucket bucket(K who) {
        Bucket known = buckets.get(who);
        if (known != null) {
            return known;
        }
        int limit = sweepAt.get();
        if (buckets.size() >= limit && sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= rate.burst());
            sweepAt.set(Math.max(FEW, 2 * buckets.size()));
        }
        return buckets.computeIfAbsent(
                who,
                key -> Bucket.builder()
                        .addLimit(bandwidth)
                        .withCustomTimePrecision(clock)
                        .build());
    }
}
