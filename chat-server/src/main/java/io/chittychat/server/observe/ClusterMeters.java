package io.chittychat.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The meters of what a node of several writes.
 *
 * <p>Threading: any thread.
 */
public final class ClusterMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Timer returns;

    /** Registers the meters. */
    public ClusterMeters(MeterRegistry registry) {
        returns = Timer.builder("chitty.cluster.return")
                .description("Time from sending an entry to the shared log until this node has read it there")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** @param nanos the time until an entry came back, in nanoseconds */
    public void returned(long nanos) {
        returns.record(nanos, TimeUnit.NANOSECONDS);
    }
}
