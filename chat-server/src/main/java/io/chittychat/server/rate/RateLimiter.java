package io.chittychat.server.rate;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the rate of each key, with a token bucket for each. A full bucket is equivalent to a new one, so full buckets
 * are removed whenever the number of buckets has doubled. So there are never more than twice as many as are in use, or
 * {@value #FEW}.
 *
 * <p>Threading: any thread.
 *
 * @param <K> the type of the keys, such as a session or an address
 */
public final class RateLimiter<K> {

    private static final int FEW = 1024;

    private final boolean unlimited;
    private final int burst;
    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final ConcurrentMap<K, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger sweepAt = new AtomicInteger(FEW);

    /** Creates a limiter that uses the system's monotonic clock. */
    public RateLimiter(Rate rate) {
        this(rate, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(Rate rate, TimeMeter clock) {
        this(rate.perSecond(), rate.burst(), clock);
    }

    private RateLimiter(int perSecond, int burst, TimeMeter clock) {
        this.unlimited = perSecond == 0;
        this.burst = burst;
        this.clock = clock;
        this.bandwidth = Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(Math.max(1, perSecond), Duration.ofSeconds(1))
                .build();
    }

    /** A limiter that allows everything. */
    public static <K> RateLimiter<K> unlimited() {
        return new RateLimiter<>(0, 1, TimeMeter.SYSTEM_NANOTIME);
    }

    /** Whether there is no limit. */
    public boolean isUnlimited() {
        return unlimited;
    }

    /**
     * Counts one action of a key, if its rate allows it now.
     *
     * @return 0 if it is allowed; otherwise the nanoseconds until it will be
     */
    public long take(K key) {
        if (unlimited) {
            return 0;
        }
        Bucket bucket = bucket(key);
        return bucket.tryConsume(1)
                ? 0
                : Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    int size() {
        return buckets.size();
    }

    private Bucket bucket(K key) {
        Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        int limit = sweepAt.get();
        if (buckets.size() >= limit && sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= burst);
            sweepAt.set(Math.max(FEW, 2 * buckets.size()));
        }
        return buckets.computeIfAbsent(
                key,
                same -> Bucket.builder()
                        .addLimit(bandwidth)
                        .withCustomTimePrecision(clock)
                        .build());
    }
}
