package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.measure.OpenFiles;
import java.util.ArrayList;
import java.util.List;

/** All contestants of a workload, up at the same time and measured in turn. */
final class Lanes implements AutoCloseable {

    private final Loop loop = new Loop();
    private final List<Lane> lanes = new ArrayList<>();

    private Lanes() {}

    /** Starts every server, then connects everybody: no connection is unattended for as long as a server takes to start. */
    static Lanes open(Bench bench, String workload, List<Contestant> contestants, int receivers) {
        OpenFiles.require(contestants.size() * (receivers + Lane.PUBLISHERS));
        Lanes lanes = new Lanes();
        try {
            for (Contestant contestant : contestants) {
                lanes.lanes.add(Lane.open(bench, workload, contestant, lanes.loop));
            }
            for (Lane lane : lanes.lanes) {
                bench.say("%s: %s, connecting %,d"
                        .formatted(workload, lane.contestant().label(), receivers));
                lane.crowd().connect(receivers, Lane.PUBLISHERS);
            }
            return lanes;
        } catch (RuntimeException e) {
            lanes.close();
            throw e;
        }
    }

    List<Lane> all() {
        return lanes;
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
        loop.close();
    }
}
