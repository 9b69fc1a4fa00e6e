package io.chittychat.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LamportClockTest {

    private static final long UNSIGNED_MAX = -1L; // 2^64 - 1

    @Test
    void newClockStandsAtZero() {
        assertThat(new LamportClock().read()).isZero();
    }

    @Test
    void clockContinuesFromAnEarlierTime() {
        assertThat(new LamportClock(41).tick()).isEqualTo(42);
    }

    @Test
    void negativeStartIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LamportClock(-1));
    }

    @Test
    void tickAddsOne() {
        LamportClock clock = new LamportClock(7);

        assertThat(clock.tick()).isEqualTo(8);
        assertThat(clock.read()).isEqualTo(8);
    }

    @Test
    void witnessOfALaterTimeMovesPastIt() {
        assertThat(new LamportClock(7).witness(20)).isEqualTo(21);
    }

    @Test
    void witnessOfAnEarlierTimeStillMoves() {
        assertThat(new LamportClock(7).witness(3)).isEqualTo(8);
    }

    @Test
    void witnessOfItsOwnTimeMovesByOne() {
        assertThat(new LamportClock(7).witness(7)).isEqualTo(8);
    }

    @Test
    void readDoesNotMoveTheClock() {
        LamportClock clock = new LamportClock(7);

        clock.read();

        assertThat(clock.read()).isEqualTo(7);
    }

    @Test
    void timeAtTheLimitIsAccepted() {
        LamportClock clock = new LamportClock(100);

        assertThat(clock.isTooFarAhead(100 + LamportClock.MAX_AHEAD)).isFalse();
        assertThat(clock.witness(100 + LamportClock.MAX_AHEAD)).isEqualTo(100 + (1 << 20) + 1);
    }

    @Test
    void timeBeyondTheLimitCountsAsTheLimit() {
        LamportClock clock = new LamportClock(100);

        assertThat(clock.isTooFarAhead(101 + LamportClock.MAX_AHEAD)).isTrue();
        assertThat(clock.witness(101 + LamportClock.MAX_AHEAD)).isEqualTo(100 + (1 << 20) + 1);
    }

    @Test
    void timesAreUnsigned() {
        LamportClock clock = new LamportClock(100);

        assertThat(clock.isTooFarAhead(UNSIGNED_MAX)).isTrue();
        assertThat(clock.isTooFarAhead(Long.MIN_VALUE)).isTrue(); // 2^63
        assertThat(clock.capped(UNSIGNED_MAX)).isEqualTo(100 + LamportClock.MAX_AHEAD);
        assertThat(clock.witness(UNSIGNED_MAX)).isEqualTo(100 + LamportClock.MAX_AHEAD + 1);
    }

    @Test
    void timesStayExactInJson() {
        LamportClock clock = new LamportClock(LamportClock.END - 1);

        assertThat(clock.isAtEnd()).isFalse();
        assertThat(clock.witness(UNSIGNED_MAX) + LamportClock.MAX_AHEAD).isLessThan(1L << 53);
        assertThat(clock.isAtEnd()).isTrue();
    }

    @Test
    void newcomerFollowsAServiceThatIsFarAhead() {
        LamportClock newcomer = new LamportClock(1);

        assertThat(newcomer.follow(5_000_000)).isEqualTo(5_000_001);
    }

    @Test
    void followingAnEarlierTimeStillMoves() {
        assertThat(new LamportClock(7).follow(3)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, UNSIGNED_MAX})
    void timeWithoutASuccessorIsRefused(long received) {
        LamportClock clock = new LamportClock(7);

        assertThatIllegalArgumentException().isThrownBy(() -> clock.follow(received));
        assertThat(clock.read()).isEqualTo(7);
    }

    @Test
    void checkForATimeTooFarAheadDoesNotMoveTheClock() {
        LamportClock clock = new LamportClock(100);

        clock.isTooFarAhead(UNSIGNED_MAX);
        clock.capped(UNSIGNED_MAX);

        assertThat(clock.read()).isEqualTo(100);
    }

    @Test
    @Timeout(30)
    void readersSeeTheWritersTimesInOrder() throws Exception {
        long end = 1_000_000;
        LamportClock clock = new LamportClock();
        CountDownLatch readersAreReading = new CountDownLatch(3);
        Callable<Boolean> reader = () -> {
            readersAreReading.countDown();
            boolean ordered = true;
            long seen = 0;
            while (seen < end) {
                long now = clock.read();
                ordered &= now >= seen;
                seen = now;
            }
            return ordered;
        };
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                results.add(readers.submit(reader));
            }
            readersAreReading.await();
            while (clock.tick() < end) {
                // the test's thread is the only writer
            }
            for (Future<Boolean> ordered : results) {
                assertThat(ordered.get(20, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    @Timeout(30)
    void readerOfATimeSeesAllWritesBeforeIt() throws Exception {
        int end = 200_000;
        long[] written = new long[end + 1];
        LamportClock clock = new LamportClock();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> reader = executor.submit(() -> {
                boolean complete = true;
                long seen = 0;
                while (seen < end) {
                    seen = clock.read();
                    complete &= written[(int) seen] == seen;
                }
                return complete;
            });
            for (int time = 1; time <= end; time++) {
                written[time] = time;
                clock.tick();
            }
            assertThat(reader.get(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
    }
}
