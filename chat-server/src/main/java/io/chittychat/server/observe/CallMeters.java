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
 * What is counted of calls. A publish costs one record of a timer, a refusal one of a counter; what is delivered costs
 * nothing here.
 *
 * <p>Threading: any thread.
 */
public final class CallMeters {

    /** What people notice, from a disk that is faster than any to a wait that nobody waits. */
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

    /** Meters in a registry. */
    public CallMeters(MeterRegistry registry) {
        publishes = Timer.builder("chitty.publish")
                .description("From when a message was received to when it was acknowledged")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        refusals = Stream.of(ErrorReason.values())
                .map(Enum::name)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        reason -> Counter.builder("chitty.refusals")
                                .description(
                                        "Calls and messages that were refused, and streams that the service ended, by reason")
                                .tag("reason", reason)
                                .register(registry)));
        slowReaders = Counter.builder("chitty.readers.slow")
                .description("Readers whose Broadcast was ended because they were too slow to keep up")
                .register(registry);
        resumes = Counter.builder("chitty.resumes")
                .description("Broadcasts that went on from where an earlier one had come to")
                .register(registry);
        expiries = Counter.builder("chitty.expiries")
                .description("Sessions that ended because they gave no sign of life")
                .register(registry);
    }

    /** @param nanos from receipt to acknowledgement */
    void published(long nanos) {
        publishes.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param reason one of the contract's; another one is not counted */
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
