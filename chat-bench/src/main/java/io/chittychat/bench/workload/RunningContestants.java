package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.measure.OpenFiles;
import java.util.ArrayList;
import java.util.List;

/** The contestants of a workload, which run at the same time and are measured in turn. */
public final class RunningContestants implements AutoCloseable {

    private final Loop loop = new Loop();
    private final List<RunningContestant> servers = new ArrayList<>();

    private RunningContestants() {}

    /** Starts all servers, then connects all clients: no connection is idle while another server starts. */
    public static RunningContestants open(Bench bench, String workload, List<Contestant> contestants, int receivers) {
        OpenFiles.require(contestants.size() * (receivers + RunningContestant.PUBLISHERS));
        RunningContestants servers = new RunningContestants();
        try {
            for (Contestant contestant : contestants) {
                servers.servers.add(RunningContestant.open(bench, workload, contestant, servers.loop));
            }
            for (RunningContestant running : servers.servers) {
                bench.say("%s: %s, connecting %,d"
                        .formatted(workload, running.contestant().label(), receivers));
                running.crowd().connect(receivers, RunningContestant.PUBLISHERS);
            }
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    public List<RunningContestant> all() {
        return servers;
    }

    @Override
    public void close() {
        servers.forEach(RunningContestant::close);
        loop.close();
    }
}
