package io.chittychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IdleCollectionTest {

    private static final long MB = 1 << 20;

    private long cpu; // nanoseconds
    private long heap = 64 * MB;
    private int collections;
    private final IdleCollection idle = new IdleCollection(() -> cpu, () -> heap, () -> {
        collections++;
        heap = 80 * MB;
    });

    private void lookAfter(long busySeconds) {
        cpu += TimeUnit.SECONDS.toNanos(busySeconds);
        idle.look();
    }

    @Test
    void heapThatHasGrownIsCollectedOnceTheLoadHasEnded() {
        lookAfter(1);
        assertThat(collections).isZero(); // it has not grown
        heap = 300 * MB;
        lookAfter(30);
        assertThat(collections).isZero(); // the load goes on
        lookAfter(1);
        assertThat(collections).isOne();
        lookAfter(1);
        assertThat(collections).isOne(); // what is left is in use
        heap = 120 * MB;
        lookAfter(1);
        assertThat(collections).isEqualTo(2);
    }
}
