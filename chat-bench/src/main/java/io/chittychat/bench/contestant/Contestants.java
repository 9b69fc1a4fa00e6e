package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.ConnectEncoding;
import io.chittychat.bench.protocol.IrcClient;
import io.chittychat.bench.protocol.MqttClient;
import io.chittychat.bench.protocol.NatsClient;
import io.chittychat.bench.protocol.RedisClient;
import java.util.List;
import java.util.stream.Stream;

/** All servers that can be measured. */
public final class Contestants {

    private static final String NATS = """
            listen: "127.0.0.1:%PORT"
            max_connections: 65536
            max_pending: 4GB
            write_deadline: "60s"
            """;

    private static final String REDIS = """
            bind 127.0.0.1
            port %PORT
            save ""
            appendonly no
            maxclients 15000
            tcp-backlog 4096
            client-output-buffer-limit pubsub 0 0 0
            """;

    /** Penalty 0: no client is slowed down. No default modes: clients outside a channel may write to it. */
    private static final String NGIRCD = """
            [Global]
            Name = bench.example.net
            Info = bench
            Listen = 127.0.0.1
            Ports = %PORT
            MotdPhrase = bench
            [Limits]
            MaxConnections = 0
            MaxConnectionsIP = 0
            MaxPenaltyTime = 0
            MaxNickLength = 9
            PingTimeout = 600
            PongTimeout = 600
            [Options]
            DNS = no
            Ident = no
            PAM = no
            """;

    private static final String MOSQUITTO = """
            listener %PORT 127.0.0.1
            allow_anonymous true
            persistence false
            max_connections -1
            max_inflight_messages 0
            max_queued_messages 0
            max_queued_bytes 0
            set_tcp_nodelay true
            log_type error
            """;

    private Contestants() {}

    /** The service alone, with a durability of its store. */
    public static Contestant service(String durability) {
        return new Chitty(durability);
    }

    /** Those that acknowledge durable publishes, except for Chitty-Chat, in the order of reports. */
    public static List<Contestant> durablePeers() {
        return DurablePeers.all();
    }

    /** Those that deliver as fast as they can, and the service with receivers over HTTP, in the order of reports. */
    public static List<Contestant> fastWithHttp() {
        Stream<Contestant> overHttp = Stream.of(ConnectEncoding.values()).map(ChittyOverHttp::new);
        return Stream.concat(fast().stream(), overHttp).toList();
    }

    /** Those that deliver at a moderate rate: the fast ones, and durable peers. */
    public static List<Contestant> steady() {
        return Stream.concat(fast().stream(), DurablePeers.delivering().stream())
                .toList();
    }

    /**
     * Those that deliver as fast as they can, in the order of reports. The peers run without flood protection and without
     * storage.
     */
    public static List<Contestant> fast() {
        return List.of(
                new Chitty("fsync"),
                new Chitty("memory"),
                new Textbook(),
                new Peer(
                        "NATS",
                        "nats-server",
                        "--version",
                        List.of("-c", "%FILE"),
                        NATS,
                        (number, receives) -> new NatsClient(receives)),
                new Peer(
                        "Redis",
                        "redis-server",
                        "--version",
                        List.of("%FILE"),
                        REDIS,
                        (number, receives) -> new RedisClient(receives)),
                new Peer(
                        "ngircd",
                        "ngircd",
                        "--version",
                        List.of("--nodaemon", "--config", "%FILE"),
                        NGIRCD,
                        (number, receives) -> new IrcClient(name(number, receives), receives)),
                new Peer(
                        "mosquitto",
                        "mosquitto",
                        "-h",
                        List.of("-c", "%FILE"),
                        MOSQUITTO,
                        (number, receives) -> new MqttClient(name(number, receives), receives)));
    }

    private static String name(int number, boolean receives) {
        return (receives ? "r" : "p") + number;
    }
}
