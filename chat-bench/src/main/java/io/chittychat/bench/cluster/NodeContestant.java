package io.chittychat.bench.cluster;

import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.contestant.OwnService;
import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import java.util.List;
import java.util.stream.Stream;

/** One node of several, which has all participants. The other nodes follow. */
record NodeContestant() implements OwnService {

    @Override
    public String id() {
        return "chitty-node";
    }

    @Override
    public String label() {
        return "Chitty-Chat, one of " + RunningCluster.SIZE + " nodes";
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        RunningCluster cluster = RunningCluster.start(installation, directory, PATIENT);
        cluster.topic().close();
        List<ServerProcess> nodes = cluster.nodes().processes();
        List<ChildProcess> helpers = Stream.concat(
                        nodes.stream().skip(1).map(ServerProcess::child), cluster.brokers().processes().stream())
                .toList();
        int port = nodes.get(0).port();
        return new MeasuredServer(nodes.get(0).child(), port, new GrpcProtocol(Loopback.HOST, port), helpers);
    }
}
