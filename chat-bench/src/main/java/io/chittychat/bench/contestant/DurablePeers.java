package io.chittychat.bench.contestant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.JetStreamClient;
import io.chittychat.bench.protocol.RedisStreamClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Servers of other projects that acknowledge a publish when it is on the disk, or as near to it as they can. What does not concern
 * that is set for speed.
 */
final class DurablePeers {

    private static final String SYNCED = "fsync";

    private static final String JETSTREAM = """
            listen: "127.0.0.1:%PORT"
            max_connections: 65536
            max_pending: 4GB
            write_deadline: "60s"
            jetstream {
              store_dir: "%DIR"
              max_mem: 1GB
              max_file: 64GB
              SYNC
            }
            """;

    private static final String SYNC_ALWAYS = "sync_interval: always";

    /** The file is not rewritten: what it costs to append to is measured. */
    private static final String REDIS = """
            bind 127.0.0.1
            port %PORT
            dir "%DIR"
            save ""
            appendonly yes
            appendfsync always
            auto-aof-rewrite-percentage 0
            maxclients 15000
            tcp-backlog 4096
            """;

    private DurablePeers() {}

    /** Those that deliver to every receiver. */
    static List<Contestant> delivering() {
        return List.of(jetStream(), redisStreams(), postgres(true));
    }

    /** All of them, in the order of reports. */
    static List<Contestant> all() {
        return Stream.concat(delivering().stream(), Stream.of(postgres(false), rabbit()))
                .toList();
    }

    /** Older servers, such as 2.9.10, have no setting to sync before the acknowledgement. */
    private static Contestant jetStream() {
        boolean synced = InstalledProgram.find("nats-server")
                .map(DurablePeers::knowsSyncAlways)
                .orElse(true);
        Contestant server = new Peer(
                "NATS JetStream",
                "nats-server",
                "--version",
                List.of("-c", "%FILE"),
                JETSTREAM.replace("SYNC", synced ? SYNC_ALWAYS : ""),
                (number, receives) -> new JetStreamClient(receives));
        return synced
                ? new Durable(server, SYNCED, "file storage, " + SYNC_ALWAYS)
                : new Durable(
                        server,
                        "not synced",
                        "file storage; this version has no setting to sync before the acknowledgement, which means that the"
                                + " operating system has the message (newer ones have " + SYNC_ALWAYS + ")");
    }

    private static boolean knowsSyncAlways(Path program) {
        try {
            Path file = Files.createTempFile("chitty-bench", ".conf");
            try {
                Files.writeString(file, "jetstream { " + SYNC_ALWAYS + " }\n", UTF_8);
                return InstalledProgram.succeeds(List.of(program.toString(), "-t", "-c", file.toString()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchException("cannot ask nats-server for its settings: " + e, e);
        }
    }

    private static Contestant redisStreams() {
        Contestant server = new Peer(
                "Redis Streams",
                "redis-server",
                "--version",
                List.of("%FILE"),
                REDIS,
                (number, receives) -> new RedisStreamClient(receives));
        return new Durable(server, SYNCED, "XADD, appendonly yes, appendfsync always");
    }

    private static Contestant postgres(boolean notifies) {
        return new Durable(
                new PostgreSql(notifies),
                SYNCED,
                (notifies ? "INSERT with pg_notify" : "INSERT") + " in a transaction, synchronous_commit=on, fsync=on");
    }

    private static Contestant rabbit() {
        return new Durable(
                new RabbitMq(),
                SYNCED,
                "publisher confirms of a quorum queue on one node, whose log is synced before (raft.wal, the default)");
    }
}
