package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.MeasuredServer;
import io.chittychat.bench.load.LoadParticipant;
import io.chittychat.bench.load.LoadPublisher;
import io.chittychat.bench.load.Loop;
import io.chittychat.bench.load.PeerPublishers;
import io.chittychat.bench.load.PublishRun;
import io.chittychat.bench.load.SharedConnections;
import io.chittychat.bench.load.StreamPublisher;
import io.chittychat.bench.load.UnaryPublisher;
import io.chittychat.bench.measure.OpenFiles;
import io.chittychat.bench.workload.PublishingServer.Point;
import io.chittychat.process.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The servers of W4, which run at the same time and are measured in turn. */
final class PublishingServers implements AutoCloseable {

    static final int SOME = 16;
    static final int MOST = 256;
    static final int CONNECTIONS = 4;

    private static final List<String> OURS =
            List.of("1 unary", SOME + " unary", MOST + " unary", "1 stream of " + MOST);
    private static final List<String> PEERS =
            List.of("1 publisher", SOME + " publishers", MOST + " publishers", "1 pipeline of " + MOST);

    /** All publishers join before the first point, and not all of them publish in every point. */
    private static final String SETTINGS = "--chitty.session.resume-window=1h";

    private final Loop loop = new Loop();
    private final List<PublishingServer> servers = new ArrayList<>();

    private PublishingServers() {}

    /** Starts those servers of which a row is wanted: the service with each durability, and peers. */
    static PublishingServers open(Bench bench, List<String> durabilities, List<Contestant> peers) {
        OpenFiles.require((peers.size() + durabilities.size()) * 2 * MOST);
        PublishingServers opened = new PublishingServers();
        try {
            for (String durability : durabilities) {
                if (isWanted(bench, durability, OURS)) {
                    bench.say("W4: starting Chitty-Chat, " + durability);
                    opened.servers.add(service(bench, durability));
                }
            }
            for (Contestant peer : peers) {
                if (isWanted(bench, peer.label(), PEERS)) {
                    bench.say("W4: starting " + peer.label());
                    opened.servers.add(opened.peer(bench, peer));
                }
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static boolean isWanted(Bench bench, String name, List<String> points) {
        return points.stream().anyMatch(point -> bench.wants(name + ", " + point));
    }

    private static PublishingServer service(Bench bench, String durability) {
        List<String> settings = List.of("--chitty.store.durability=" + durability, SETTINGS);
        ServerProcess server = bench.installation().startService("W4-" + durability, settings);
        SharedConnections connections = new SharedConnections(server, CONNECTIONS);
        List<UnaryPublisher> all = IntStream.range(0, MOST)
                .mapToObj(i -> new UnaryPublisher(LoadParticipant.join(connections.of(i), "publisher " + i)))
                .toList();
        StreamPublisher stream = new StreamPublisher(LoadParticipant.join(connections.of(0), "stream"), MOST);
        List<Point> points = List.of(
                point(0, all.subList(0, 1)), point(1, all.subList(0, SOME)), point(2, all), point(3, List.of(stream)));
        return new PublishingServer(durability, true, List.of(server.child().pid()), points, () -> {
            connections.close();
            server.close();
        });
    }

    private static Point point(int number, List<? extends LoadPublisher> publishers) {
        return new Point(OURS.get(number), time -> PublishRun.run(publishers, time));
    }

    private PublishingServer peer(Bench bench, Contestant peer) {
        MeasuredServer server = peer.start(bench.installation(), "W4-" + peer.id());
        String name = peer.label();
        List<PeerPublishers> publishers = List.of(
                PeerPublishers.connect(loop, server, 1, CONNECTIONS, name),
                PeerPublishers.connect(loop, server, SOME, CONNECTIONS, name),
                PeerPublishers.connect(loop, server, MOST, CONNECTIONS, name),
                PeerPublishers.pipeline(loop, server, MOST, name));
        List<Point> points = IntStream.range(0, PEERS.size())
                .mapToObj(number -> new Point(PEERS.get(number), publishers.get(number)::run))
                .toList();
        return new PublishingServer(name, false, List.of(server.pid()), points, () -> {
            publishers.forEach(PeerPublishers::close);
            server.close();
        });
    }

    List<PublishingServer> all() {
        return servers;
    }

    @Override
    public void close() {
        servers.forEach(PublishingServer::close);
        loop.close();
    }
}
