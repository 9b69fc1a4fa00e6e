package io.chittychat.bench.workload;

import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.measure.CpuMeter;

/** One round of a point of W4. */
record PublishCost(PublishRun.Result result, CpuMeter.Cost cost) {

    /** Acknowledged publishes a second. */
    double rate() {
        return cost.rate(result.acks());
    }

    double millis(double percentile) {
        return result.millis(percentile);
    }

    double serverMicros() {
        return cost.serverMicros(result.acks());
    }

    double generatorMicros() {
        return cost.generatorMicros(result.acks());
    }
}
