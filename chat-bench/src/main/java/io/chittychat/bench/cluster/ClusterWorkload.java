package io.chittychat.bench.cluster;

import io.chittychat.bench.report.BenchReport;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** W7: several nodes, whose order is that of a topic of Kafka. */
public final class ClusterWorkload implements Workload {

    private static final String METHOD = """
            %d brokers and %d nodes on this machine, each part with new ones. The brokers are those of `./chitty cluster`; the nodes
            have its settings, and the JVM options of every other measured service (`--server-options`). The topic promises what it
            promises by default: an acknowledged message is on the disks of two brokers.

            Acknowledged publishes: as in W4, with the publishers spread over the nodes. The bare log is one producer (idempotent,
            `acks=all`, no linger) and one consumer, in the process of the load generator, of a topic with the same settings on the
            same brokers: a record of %d bytes is acknowledged when the consumer has read it, because a node answers when it has read
            what it wrote. A node writes one record for all that it gathered meanwhile; the bare log writes one for each, which the
            producer sends in batches. CPU is that of all nodes together, without the brokers, for a publish.

            A delivery: the load of W1 on one of the nodes, while the others follow, beside the service alone (embedded log) whose
            store does not sync either (`durability=os`).

            Failures: a follower and two talkers, by `chat-session`, know the addresses of all nodes. The follower and one talker
            begin on the same node, which is the one that is killed; the other talker begins on another node. Each talker says
            something every %d ms, whether or not it has replies, for %.1f s from the moment on at which processes are killed
            (SIGKILL). The figures are the longest time in which the follower received nothing, and the longest time from saying
            something to its acknowledgement, until everything that was said is acknowledged and received. Each message must be
            received once and in order. Before the next failure, what was killed runs again and all brokers are in sync.
            """;

    @Override
    public String id() {
        return "W7";
    }

    @Override
    public boolean isOnRequest() {
        return true;
    }

    @Override
    public BenchReport.Section run(Bench bench) {
        List<BenchReport.Table> tables = Stream.of(
                        PublishPart.run(bench), DeliveryPart.run(bench), FailurePart.run(bench))
                .flatMap(List::stream)
                .toList();
        String method = METHOD.formatted(
                RunningCluster.SIZE,
                RunningCluster.SIZE,
                BareLog.RECORD,
                Talker.PAUSE.toMillis(),
                bench.point().toMillis() / 1e3);
        return new BenchReport.Section("W7: several nodes", method, tables, Optional.empty());
    }
}
