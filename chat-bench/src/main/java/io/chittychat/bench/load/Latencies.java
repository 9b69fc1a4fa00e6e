package io.chittychat.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The latencies of one publisher in one run.
 *
 * <p>Threading: filled by one thread at a time, and read afterwards.
 */
final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 2; // keeps the histograms of 256 publishers small

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
