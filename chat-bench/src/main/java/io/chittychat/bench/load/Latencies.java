package io.chittychat.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one publisher measured in one run.
 *
 * <p>Threading: filled by one thread at a time, and read when that is over.
 */
final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 2; // of 256 publishers each has one: keeps them small

    private final Histogram nanos = new Histogram(TimeUnit.MICROSECONDS.toNanos(1), LONGEST, DIGITS);

    static Histogram histogram() {
        return new Histogram(TimeUnit.MICROSECONDS.toNanos(1), LONGEST, DIGITS);
    }

    void record(long latency) {
        nanos.recordValue(Math.min(latency, LONGEST));
    }

    long count() {
        return nanos.getTotalCount();
    }

    void addTo(Histogram all) {
        all.add(nanos);
    }
}
