package io.chittychat.server.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong now = new AtomicLong();
    private final RateLimiter<Integer> limiter = new RateLimiter<>(new Rate(10, 3), new Clock());

    private final class Clock implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private void pass(long nanos) {
        now.addAndGet(nanos);
    }

    @Test
    void burstIsAllowedAndThenTheRate() {
        for (int i = 0; i < 3; i++) {
            assertThat(limiter.take(1)).isZero();
        }
        assertThat(limiter.take(1)).isEqualTo(Duration.ofMillis(100).toNanos());
        pass(Duration.ofMillis(100).toNanos());
        assertThat(limiter.take(1)).isZero();
        assertThat(limiter.take(1)).isPositive();
    }

    @Test
    void returnedWaitIsLongEnough() {
        for (int i = 0; i < 100; i++) {
            long wait = limiter.take(1);
            if (wait > 0) {
                pass(wait);
                assertThat(limiter.take(1)).isZero();
            }
        }
    }

    @Test
    void eachKeyHasItsOwnBucket() {
        while (limiter.take(1) == 0) {}
        assertThat(limiter.take(2)).isZero();
    }

    @Test
    void fullBucketsAreRemoved() {
        for (int who = 0; who < 100_000; who++) {
            limiter.take(who);
            pass(Duration.ofMillis(1).toNanos());
        }
        assertThat(limiter.size()).isLessThanOrEqualTo(1024);
    }

    @Test
    void bucketsInUseAreKept() {
        while (limiter.take(-1) == 0) {}
        for (int who = 0; who < 5000; who++) {
            limiter.take(who);
        }
        assertThat(limiter.take(-1)).isPositive();
    }

    @Test
    void withoutALimitThereAreNoBuckets() {
        RateLimiter<Integer> unlimited = RateLimiter.unlimited();
        for (int i = 0; i < 1000; i++) {
            assertThat(unlimited.take(i)).isZero();
        }
        assertThat(unlimited.size()).isZero();
    }
}
