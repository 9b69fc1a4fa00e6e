package io.chittychat.bench.contestant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.PeerProtocol;
import io.chittychat.bench.protocol.QuorumQueueClient;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One node of RabbitMQ, without plug-ins, and the port mapper that Erlang needs; both have files and ports of their own. */
record RabbitMq() implements Contestant {

    /** Where Debian has it; the program on the path is for the system's own node. */
    private static final Path HOME = Path.of("/usr/lib/rabbitmq");

    private static final Path PROGRAM = HOME.resolve("bin/rabbitmq-server");
    private static final String PORT_MAPPER = "epmd";

    private static final String CONFIGURATION = """
            listeners.tcp.1 = 127.0.0.1:%PORT
            log.console = true
            log.console.level = warning
            log.file = false
            """;

    @Override
    public String id() {
        return "rabbitmq";
    }

    @Override
    public String label() {
        return "RabbitMQ quorum queue";
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.of("there is no " + PROGRAM);
        }
        return InstalledProgram.find(PORT_MAPPER).isPresent()
                ? Optional.empty()
                : Optional.of(PORT_MAPPER + " is not on the PATH");
    }

    /** The program itself takes seconds to tell it. */
    @Override
    public String version() {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("rabbitmq_server-"))
                    .findFirst()
                    .orElse("of unknown version");
        } catch (IOException e) {
            return "of unknown version";
        }
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        Path dir = installation.freshDirectory(directory);
        int port = Loopback.freePort();
        int mapperPort = Loopback.freePort();
        try {
            Files.writeString(
                    dir.resolve("rabbitmq.conf"), CONFIGURATION.replace("%PORT", Integer.toString(port)), UTF_8);
            Files.createFile(dir.resolve("enabled_plugins"));
        } catch (IOException e) {
            throw new BenchException("cannot write into " + dir + ": " + e, e);
        }
        // Without it, the node would start one that stays.
        ChildProcess mapper = installation.start(
                List.of(
                        InstalledProgram.find(PORT_MAPPER).orElseThrow().toString(),
                        "-address",
                        Loopback.HOST,
                        "-port",
                        Integer.toString(mapperPort)),
                dir);
        mapper.awaitPort(mapperPort, MeasuredServer.START_BOUND);
        ProcessBuilder node = new ProcessBuilder(PROGRAM.toString()).directory(dir.toFile());
        node.environment().putAll(environment(dir, mapperPort));
        ChildProcess process = installation.start(node);
        process.awaitPort(port, MeasuredServer.START_BOUND);
        return new MeasuredServer(
                process, port, new PeerProtocol((number, receives) -> new QuorumQueueClient()), List.of(mapper));
    }

    private static Map<String, String> environment(Path dir, int mapperPort) {
        return Map.ofEntries(
                Map.entry("HOME", dir.toString()), // for the cookie
                Map.entry("RABBITMQ_CONF_ENV_FILE", dir.resolve("none").toString()), // not the system's
                Map.entry("RABBITMQ_NODENAME", "bench@localhost"),
                Map.entry("RABBITMQ_CONFIG_FILE", dir.resolve("rabbitmq.conf").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        dir.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", dir.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", dir.resolve("log").toString()),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Loopback.freePort())),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("RABBITMQ_ALLOW_INPUT", "true"), // the script becomes the node, and so gets its signals
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-noinput -kernel inet_dist_use_interface {127,0,0,1}"));
    }
}
