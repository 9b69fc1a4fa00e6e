package io.chittychat.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The latencies of one publisher in one run.
 *
 * <p>Threading: filled by one thread at a time, and read afterwards.
 */
public final class Latencies {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 2; // keeps the histograms of 256 publishers small

    private final Histogram nanos = new Histogram(TimeUnit.MICROSECONDS.toNanos(1), LONGEST, DIGITS);

    /** An empty histogram of nanoseconds, for several publishers. */
    public static Histogram histogram() {
        return new Histogram(TimeUnit.MICROSECONDS.toNanos(1), LONGEST, DIGITS);
    }

    /** @param latency in nanoseconds */
    public void record(long latency) {
        nanos.recordValue(Math.min(latency, LONGEST));
    }

    /** The number of publishes. */
    public long count() {
        return nanos.getTotalCount();
    }

    /** Adds all to a histogram. */
    public void addTo(Histogram all) {
        all.add(nanos);
    }
}
