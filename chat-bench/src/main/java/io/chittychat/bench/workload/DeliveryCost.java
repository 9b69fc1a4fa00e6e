package io.chittychat.bench.workload;

import io.chittychat.bench.measure.CpuMeter;

/** One round of one contestant. */
public record DeliveryCost(CpuMeter.Cost cost, long publishes, int receivers) {

    long deliveries() {
        return publishes * receivers;
    }

    /** Processor time of the server for a delivery, in microseconds. */
    public double serverMicros() {
        return cost.serverMicros(deliveries());
    }

    /** Processor time of this process for a delivery, in microseconds. */
    public double generatorMicros() {
        return cost.generatorMicros(deliveries());
    }

    /** Deliveries a second. */
    public double rate() {
        return cost.rate(deliveries());
    }

    /** The server's processor time divided by the generator's. */
    double lead() {
        return serverMicros() / generatorMicros();
    }

    String describe(String name) {
        return "%s: %.3f us per delivery, %,.0f deliveries/s, generator %.3f us"
                .formatted(name, serverMicros(), rate(), generatorMicros());
    }
}
