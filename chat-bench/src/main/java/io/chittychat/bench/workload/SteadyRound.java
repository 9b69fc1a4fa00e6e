package io.chittychat.bench.workload;

import io.chittychat.bench.load.Steady;
import io.chittychat.bench.measure.CpuMeter;
import java.time.Duration;

/** One round of one contestant at a given rate. */
record SteadyRound(Steady.Result result, DeliveryCost cost) {

    static final int RATE = 2_000; // publishes a second

    /** How much longer than the schedule the deliveries may take. */
    private static final double LATE = 1.25;

    private static final long HICCUP = 1_000_000_000; // nanoseconds, for any schedule

    /** @param everyTime is run with each publish */
    static SteadyRound run(RunningContestant running, Duration time, Runnable everyTime) {
        CpuMeter meter = running.meter();
        Steady.Result result = Steady.run(running.crowd(), RATE, time, everyTime);
        DeliveryCost cost = new DeliveryCost(
                meter.stop(), result.publishes(), running.crowd().receivers());
        return new SteadyRound(result, cost);
    }

    static SteadyRound run(RunningContestant running, Duration time) {
        return run(running, time, () -> {});
    }

    /** Whether the server kept up with the schedule. */
    boolean keptUp(Duration time) {
        return result.elapsed().toNanos() < time.toNanos() * LATE + HICCUP;
    }

    String describe(String name) {
        return "%s: p50 %.2f, p99 %.2f, p99.9 %.2f ms, %.3f us per delivery"
                .formatted(name, result.millis(50), result.millis(99), result.millis(99.9), cost.serverMicros());
    }
}
