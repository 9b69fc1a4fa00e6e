package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long SEED = 11;

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void waitsDoubleUpToTheBoundWithAtMostHalfTakenOff() {
        Random random = new Random(SEED);
        long[] longest = {100, 200, 400, 800, 1600, 2000, 2000};
        for (int failures = 1; failures <= longest.length; failures++) {
            long max = longest[failures - 1];
            assertThat(backoff.delay(failures, random))
                    .as("seed %d, failure %d", SEED, failures)
                    .isBetween(Duration.ofMillis(max / 2), Duration.ofMillis(max));
        }
    }

    @Test
    void manyFailuresDoNotOverflow() {
        assertThat(backoff.delay(Integer.MAX_VALUE, new Random(SEED))).isPositive();
    }

    @Test
    void waitsMustGrow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(3), Duration.ofSeconds(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(2)));
    }
}
