package io.chittychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeapCollectionTest {

    private static final long MB = 1 << 20;

    private long cpu; // nanoseconds
    private long grown;
    private long kept;
    private int collections;
    private final HeapCollection collection = new HeapCollection(() -> cpu, () -> kept + grown, () -> kept, () -> {
        collections++;
        grown = 0;
    });

    private void lookAfter(double busySeconds) {
        cpu += (long) (busySeconds * TimeUnit.SECONDS.toNanos(1));
        collection.look();
    }

    @Test
    void oldGenerationIsCollectedWhenItHasGrownByMuch() {
        grown = 60 * MB;
        lookAfter(4);
        assertThat(collections).isZero();
        grown = 70 * MB;
        lookAfter(4);
        assertThat(collections).isOne();
        lookAfter(4);
        assertThat(collections).isOne(); // what is left is in use
    }

    @Test
    void oldGenerationIsCollectedSoonerWhenTheLoadHasEnded() {
        grown = 10 * MB;
        lookAfter(0.1);
        assertThat(collections).isZero();
        grown = 30 * MB;
        lookAfter(4);
        assertThat(collections).isZero(); // the load goes on
        lookAfter(0.1);
        assertThat(collections).isOne();
    }

    @Test
    void largeHeapIsCollectedWhenItHasGrownByHalf() {
        kept = 1000 * MB;
        grown = 400 * MB;
        lookAfter(4);
        assertThat(collections).isZero();
        grown = 600 * MB;
        lookAfter(4);
        assertThat(collections).isOne();
    }
}
