package io.chittychat.bench.workload;

import io.chittychat.bench.measure.CpuMeter;

/** One round of one contestant. */
record DeliveryCost(CpuMeter.Cost cost, long publishes, int receivers) {

    long deliveries() {
        return publishes * receivers;
    }

    double serverMicros() {
        return cost.serverMicros(deliveries());
    }

    double generatorMicros() {
        return cost.generatorMicros(deliveries());
    }

    double rate() {
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
