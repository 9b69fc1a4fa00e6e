package io.chittychat.bench.cluster;

import io.chittychat.bench.load.LoadParticipant;
import io.chittychat.bench.load.LoadPublisher;
import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.load.SharedConnections;
import io.chittychat.bench.load.StreamPublisher;
import io.chittychat.bench.load.UnaryPublisher;
import io.chittychat.bench.workload.Bench;
import io.chittychat.bench.workload.PublishingServer;
import io.chittychat.bench.workload.PublishingServer.Point;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Those who publish: by the nodes, over which they are spread, and by the same brokers without them. */
final class ClusterPublishers {

    static final String NODES = RunningCluster.SIZE + " nodes";

    private static final int SOME = 16;
    private static final int MOST = 256;
    private static final int CONNECTIONS = 2; // to each node
    private static final String BARE = "bare log";
    private static final String BARE_TOPIC = "bare";

    private static final List<String> NODE_POINTS = List.of(
            "1 unary",
            SOME + " unary",
            MOST + " unary",
            "1 stream of " + MOST,
            RunningCluster.SIZE + " streams of " + MOST);

    /** The records under way in each point of the bare log. */
    private static final List<Integer> BARE_POINTS = List.of(1, SOME, MOST, RunningCluster.SIZE * MOST);

    /** The point of the bare log that has as much under way as a point of the nodes. */
    private static final List<Integer> PARTNERS = List.of(0, 1, 2, 2, 3);

    private ClusterPublishers() {}

    static boolean areWanted(Bench bench) {
        return Stream.concat(
                        NODE_POINTS.stream().map(point -> NODES + ", " + point),
                        BARE_POINTS.stream().map(underWay -> BARE + ", " + bareName(underWay)))
                .anyMatch(bench::wants);
    }

    /** The point of the bare log that has as much under way as a point of the nodes, both by their numbers. */
    static int partner(int point) {
        return PARTNERS.get(point);
    }

    /** Publishers of all nodes, who have joined. */
    static PublishingServer ofNodes(RunningCluster cluster) {
        List<SharedConnections> connections = cluster.nodes().processes().stream()
                .map(node -> new SharedConnections(node, CONNECTIONS))
                .toList();
        List<UnaryPublisher> all = IntStream.range(0, MOST)
                .mapToObj(i -> new UnaryPublisher(join(connections, i, "publisher " + i)))
                .toList();
        List<StreamPublisher> streams = IntStream.range(0, RunningCluster.SIZE)
                .mapToObj(i -> new StreamPublisher(join(connections, i, "stream " + i), MOST))
                .toList();
        List<Point> points = List.of(
                point(0, all.subList(0, 1)),
                point(1, all.subList(0, SOME)),
                point(2, all),
                point(3, streams.subList(0, 1)),
                point(4, streams));
        return new PublishingServer(
                NODES, true, cluster.nodePids(), points, () -> connections.forEach(SharedConnections::close));
    }

    private static LoadParticipant join(List<SharedConnections> connections, int number, String name) {
        int nodes = connections.size();
        return LoadParticipant.join(connections.get(number % nodes).of(number / nodes), name);
    }

    private static Point point(int number, List<? extends LoadPublisher> publishers) {
        return new Point(NODE_POINTS.get(number), time -> PublishRun.run(publishers, time));
    }

    /** A producer and a consumer of a topic that promises the same as that of the nodes. */
    static PublishingServer ofBrokers(RunningCluster cluster) {
        cluster.topic().createAlike(BARE_TOPIC);
        BareLog log = BareLog.open(cluster.brokers().bootstrapServers(), BARE_TOPIC);
        List<Point> points = BARE_POINTS.stream()
                .map(underWay -> new Point(bareName(underWay), time -> log.run(underWay, time)))
                .toList();
        return new PublishingServer(BARE, false, List.of(), points, log::close);
    }

    private static String bareName(int underWay) {
        return underWay + " under way";
    }
}
