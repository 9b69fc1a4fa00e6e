package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.load.Crowd;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.measure.CpuMeter;

/** A contestant's server, and its clients. */
public record RunningContestant(Contestant contestant, MeasuredServer server, Crowd crowd) implements AutoCloseable {

    /** The number of publishers in workloads with many receivers. */
    static final int PUBLISHERS = 10;

    /** Starts the server, without clients. */
    static RunningContestant open(Bench bench, String workload, Contestant contestant, Loop loop) {
        MeasuredServer server = contestant.start(bench.installation(), workload + "-" + contestant.id());
        return new RunningContestant(contestant, server, new Crowd(loop, server, contestant.label()));
    }

    /** Begins to measure the server. */
    CpuMeter meter() {
        return new CpuMeter(server.pid());
    }

    @Override
    public void close() {
        try (server) {
            crowd.close();
        }
    }
}
