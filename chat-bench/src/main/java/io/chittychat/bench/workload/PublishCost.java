package io.chittychat.bench.workload;

import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.measure.CpuMeter;

/** One round of a point. */
public record PublishCost(PublishRun.Result result, CpuMeter.Cost cost) {

    /** Acknowledged publishes a second. */
    public double rate() {
        return cost.rate(result.acks());
    }

    /** A percentile of the latencies, in milliseconds. */
    public double millis(double percentile) {
        return result.millis(percentile);
    }

    /** Processor time of the server for a publish, in microseconds. */
    public double serverMicros() {
        return cost.serverMicros(result.acks());
    }

    /** Processor time of this process for a publish, in microseconds. */
    public double generatorMicros() {
        return cost.generatorMicros(result.acks());
    }
}
