package io.chittychat.bench.load;

import io.chittychat.bench.protocol.TextListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Publishes by a schedule, independent of earlier publishes: an open loop. Latencies begin when a publish was due, so that a server
 * gains nothing by delaying the load generator.
 *
 * @see <a href="https://www.scylladb.com/2021/04/22/on-coordinated-omission/">On coordinated omission</a>
 */
public final class Steady implements Loop.Task, TextListener {

    private static final int TEXT = 64; // code points
    private static final Duration DRAIN_BOUND = Duration.ofMinutes(3);

    private final Crowd crowd;
    private final long interval; // nanoseconds
    private final long count;
    private final Runnable everyTime;
    private final NumberedText text = new NumberedText(TEXT);
    private final Histogram latencies = Latencies.histogram();
    private final long start = System.nanoTime();
    private long sent;

    private Steady(Crowd crowd, int rate, Duration time, Runnable everyTime) {
        this.crowd = crowd;
        this.interval = 1_000_000_000L / rate;
        this.count = time.toNanos() / interval;
        this.everyTime = everyTime;
    }

    /**
     * The result of a run.
     *
     * @param latencies of all deliveries, in nanoseconds
     * @param elapsed until the last delivery
     */
    public record Result(long publishes, Histogram latencies, Duration elapsed) {

        /** A percentile in milliseconds. */
        public double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /**
     * Runs until every receiver has received everything.
     *
     * @param rate publishes a second
     * @param everyTime is run with each publish
     */
    public static Result run(Crowd crowd, int rate, Duration time, Runnable everyTime) {
        Steady steady = new Steady(crowd, rate, time, everyTime);
        crowd.begin();
        crowd.listen(steady);
        try (Pacer pacer = new Pacer(crowd.loop(), steady.start, steady.interval)) {
            crowd.loop().run(steady, time.plus(DRAIN_BOUND), crowd.name());
        } finally {
            crowd.listen(null);
        }
        return new Result(steady.count, steady.latencies, Duration.ofNanos(System.nanoTime() - steady.start));
    }

    @Override
    public boolean isDone() {
        long now = System.nanoTime();
        while (sent < count && start + sent * interval <= now) {
            crowd.publish(text.of(sent++));
            everyTime.run();
        }
        return sent == count && crowd.isComplete();
    }

    @Override
    public void delivered(ByteBuffer in, int at) {
        long due = start + NumberedText.number(in, at) * interval;
        latencies.recordValue(
                Math.min(latencies.getHighestTrackableValue(), crowd.loop().readAt() - due));
    }
}
