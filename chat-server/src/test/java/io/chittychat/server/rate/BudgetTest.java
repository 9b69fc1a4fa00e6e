package io.chittychat.server.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private long now; // nanoseconds
    private final Budget budget = new Budget(1L << 30, 1L << 20, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void budgetIsUsedUpAndRefills() {
        for (int i = 0; i < 1024; i++) {
            assertThat(budget.take(1L << 20)).isZero();
        }
        assertThat(budget.take(1L << 20)).isEqualTo(Duration.ofSeconds(1).toNanos());
        now += Duration.ofMillis(500).toNanos();
        assertThat(budget.take(1L << 20)).isEqualTo(Duration.ofMillis(500).toNanos());
        assertThat(budget.take(1L << 19)).isZero();
    }

    /** The leaps that it allows in the lifetime of a service do not move a clock to 2^53. */
    @Test
    void budgetOfAHundredYearsIsBelowTheEndOfTime() {
        long seconds = Duration.ofDays(100 * 366).toSeconds();
        assertThat((1L << 30) + seconds * (1L << 20)).isLessThan(1L << 52);
    }
}
