package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/** Runs several publishers at once, and waits until all are done. */
public final class PublishRun {

    /** 64 bytes, a usual chat message. */
    public static final String TEXT = "What a participant says has sixty-four bytes, as in this example";

    private static final Duration REPLY_BOUND = Duration.ofSeconds(30);

    private PublishRun() {}

    /**
     * The result of all publishers.
     *
     * @param acks the number of acknowledged publishes
     * @param latencies from just before the send to the acknowledgement, in nanoseconds
     */
    public record Result(long acks, Histogram latencies) {

        /** A percentile in milliseconds. */
        public double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /** Runs for a time. */
    public static Result run(List<? extends LoadPublisher> publishers, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return run(publishers, new LoadPublisher.Goal(end, Long.MAX_VALUE), time.plus(REPLY_BOUND));
    }

    /** Runs until one publisher has published a number of messages. */
    public static Result run(LoadPublisher publisher, long count, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        return run(List.of(publisher), new LoadPublisher.Goal(end, count), bound.plus(REPLY_BOUND));
    }

    private static Result run(List<? extends LoadPublisher> publishers, LoadPublisher.Goal goal, Duration bound) {
        var runs = publishers.stream().map(publisher -> publisher.start(goal)).toList();
        long acks = 0;
        Histogram latencies = Latencies.histogram();
        try {
            for (var run : runs) {
                Latencies result = run.get(bound.toMillis(), TimeUnit.MILLISECONDS);
                acks += result.count();
                result.addTo(latencies);
            }
            return new Result(acks, latencies);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            throw new BenchException("a publish failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new BenchException("an acknowledgement did not come", e);
        }
    }
}
