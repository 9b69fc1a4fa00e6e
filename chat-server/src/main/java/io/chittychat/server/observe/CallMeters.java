package io.chittychat.server.observe;

import io.chittychat.error.ErrorReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The meters of calls. They cost one record of a timer for a publish and one of a counter for a refusal; deliveries are
 * not counted here.
 *
 * <p>Threading: any thread.
 */
public final class CallMeters {

    /** From 0.5 ms, the time of a fast disk, to 10 s, longer than a user waits. */
    private static final Duration[] BUCKETS = Stream.of(
                    "0.0005S", "0.001S", "0.0025S", "0.005S", "0.01S", "0.025S", "0.05S", "0.1S", "0.25S", "0.5S", "1S",
                    "2.5S", "5S", "10S")
            .map(seconds -> Duration.parse("PT" + seconds))
            .toArray(Duration[]::new);

    private final Timer publishes;
    private final Map<String, Counter> refusals;
    private final Counter slowReaders;
    private final Counter resumes;
    private final Counter expiries;

    /** Registers the meters. */
    public CallMeters(MeterRegistry registry) {
        publishes = Timer.builder("chitty.publish")
                .description("Time from the receipt of a message to its acknowledgement")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        refusals = Stream.of(ErrorReason.values())
                .map(Enum::name)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        reason -> Counter.builder("chitty.refusals")
                                .description("Calls and messages refused, and streams ended by the service, by reason")
                                .tag("reason", reason)
                                .register(registry)));
        slowReaders = Counter.builder("chitty.readers.slow")
                .description("Broadcasts that were ended because their reader was too slow")
                .register(registry);
        resumes = Counter.builder("chitty.resumes")
                .description("Broadcasts that resumed where an earlier one had ended")
                .register(registry);
        expiries = Counter.builder("chitty.expiries")
                .description("Sessions that expired because they gave no sign of life")
                .register(registry);
    }

    /** @param nanos the time from receipt to acknowledgement, in nanoseconds */
    void published(long nanos) {
        publishes.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param reason the name of an {@link ErrorReason}; other texts are not counted */
    void refused(String reason) {
        Counter refused = refusals.get(reason);
        if (refused != null) {
            refused.increment();
            if (reason.equals(ErrorReason.SLOW_READER.name())) {
                slowReaders.increment();
            }
        }
    }

    void resumed() {
        resumes.increment();
    }

    void expired() {
        expiries.increment();
    }
}
