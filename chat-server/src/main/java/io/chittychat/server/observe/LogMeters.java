package io.chittychat.server.observe;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of the log. They are updated once for each batch.
 *
 * <p>Threading: the room thread updates them.
 */
public final class LogMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final AtomicLong joined;
    private final AtomicLong published;
    private final AtomicLong left;
    private final DistributionSummary batches;
    private final Timer commits;

    /** Registers the meters. */
    public LogMeters(MeterRegistry registry) {
        joined = events("joined", registry);
        published = events("published", registry);
        left = events("left", registry);
        batches = DistributionSummary.builder("chitty.log.batch")
                .description("Events that were recorded together, with one sync of the disk")
                .baseUnit("events")
                .serviceLevelObjectives(1, 4, 16, 64, 256, 1024, 4096)
                .register(registry);
        commits = Timer.builder("chitty.store.commit")
                .description("Time to record a batch: a transaction and its sync")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static AtomicLong events(String type, MeterRegistry registry) {
        AtomicLong count = new AtomicLong();
        FunctionCounter.builder("chitty.events", count, AtomicLong::get)
                .description("Events that were recorded, by type")
                .baseUnit("events")
                .tag("type", type)
                .register(registry);
        return count;
    }

    /** A batch was recorded, with these numbers of events of each type. */
    public void recorded(long joins, long publishes, long leaves) {
        long events = joins + publishes + leaves;
        if (events > 0) {
            joined.lazySet(joined.get() + joins); // only the room thread writes
            published.lazySet(published.get() + publishes);
            left.lazySet(left.get() + leaves);
            batches.record(events);
        }
    }

    /** @param nanos the time to record a batch, in nanoseconds */
    public void committed(long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }
}
