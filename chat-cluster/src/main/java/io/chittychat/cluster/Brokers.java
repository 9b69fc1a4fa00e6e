package io.chittychat.cluster;

import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers of Kafka as processes on the loopback interface; each is a controller, too. They keep their data and their ports
 * in a directory, so they can be started again.
 *
 * <p>Threading: one thread.
 */
public final class Brokers {

    private static final String CLUSTER_ID = "Q2hpdHR5LUNoYXQtMDAwMQ"; // always the same: 16 bytes in Base64
    private static final Duration FORMAT_BOUND = Duration.ofMinutes(2);
    private static final Duration START_BOUND = Duration.ofMinutes(2);
    private static final Duration LEADER_BOUND = Duration.ofSeconds(30);

    private final Children children;
    private final Path libraries;
    private final Path dir;
    private final List<Listener> listeners;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ChildProcess> processes = new ArrayList<>();

    private Brokers(Children children, Path libraries, Path dir, List<Listener> listeners) {
        this.children = children;
        this.libraries = libraries;
        this.dir = dir;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Starts brokers, and waits until they accept connections.
     *
     * @param libraries a directory with the jars of Kafka's broker
     * @param dir for their data, which is used again if it is there
     */
    public static Brokers start(Children children, Path libraries, Path dir, int count) {
        return start(children, libraries, dir, count, List.of());
    }

    /**
     * The same, with further listeners.
     *
     * @param listeners for clients that reach the brokers by another way
     */
    public static Brokers start(Children children, Path libraries, Path dir, int count, List<Listener> listeners) {
        Brokers brokers = new Brokers(children, libraries.toAbsolutePath(), dir.toAbsolutePath(), listeners);
        brokers.prepare(count);
        for (int i = 0; i < count; i++) {
            brokers.processes.add(brokers.launch(i));
        }
        for (int i = 0; i < count; i++) {
            brokers.awaitReady(i);
        }
        return brokers;
    }

    private void prepare(int count) {
        try {
            Files.createDirectories(dir);
            int known = KeptPorts.known(portsFile()).size();
            if (known != 0 && known != 2 * count) {
                throw new ProcessFailedException(dir + " has the data of " + known / 2 + " brokers, not of " + count
                        + "; use another directory");
            }
            List<Integer> all = KeptPorts.of(portsFile(), 2 * count);
            ports.addAll(all.subList(0, count));
            List<Integer> controllers = all.subList(count, 2 * count);
            List<ChildProcess> formats = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Files.write(properties(i), settings(i, controllers));
                if (!Files.exists(data(i).resolve("meta.properties"))) {
                    formats.add(format(i));
                }
            }
            formats.forEach(Brokers::awaitFormat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path portsFile() {
        return dir.resolve("ports");
    }

    private Path properties(int broker) {
        return dir.resolve("broker-" + (broker + 1) + ".properties");
    }

    private Path data(int broker) {
        return dir.resolve("broker-" + (broker + 1));
    }

    private List<String> settings(int broker, List<Integer> controllers) {
        String voters = IntStream.range(0, controllers.size())
                .mapToObj(i -> (i + 1) + "@" + Loopback.HOST + ":" + controllers.get(i))
                .collect(Collectors.joining(","));
        String address = "PLAINTEXT://" + Loopback.HOST + ":" + ports.get(broker);
        String more = listed(listener -> "," + listener.name() + "://" + Loopback.HOST + ":"
                + listener.ports().get(broker));
        String moreAdvertised = listed(listener ->
                "," + listener.name() + "://" + listener.advertised().get(broker));
        List<String> settings = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=" + (broker + 1),
                "controller.quorum.voters=" + voters,
                "controller.listener.names=CONTROLLER",
                "listeners=" + address + ",CONTROLLER://" + Loopback.HOST + ":" + controllers.get(broker) + more,
                "advertised.listeners=" + address + moreAdvertised,
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"
                        + listed(listener -> "," + listener.name() + ":" + listener.protocol()),
                "log.dirs=" + data(broker),
                "auto.create.topics.enable=false",
                // Quick to notice a broker that died; the defaults are for larger clusters.
                "broker.session.timeout.ms=3000",
                "broker.heartbeat.interval.ms=500",
                "controller.quorum.election.timeout.ms=500",
                "controller.quorum.election.backoff.max.ms=500",
                "controller.quorum.fetch.timeout.ms=1000",
                "controller.quorum.request.timeout.ms=1000"));
        listeners.forEach(listener -> settings.addAll(listener.settings()));
        return settings;
    }

    private String listed(Function<Listener, String> text) {
        return listeners.stream().map(text).collect(Collectors.joining());
    }

    private List<String> java(List<String> options, String... program) {
        List<String> command =
                new ArrayList<>(List.of(RunnableJar.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(options);
        command.addAll(List.of("-cp", libraries + "/*"));
        command.addAll(List.of(program));
        return command;
    }

    private ChildProcess format(int broker) {
        return children.start(
                "the formatting of broker " + (broker + 1),
                java(
                        List.of(),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        properties(broker).toString()),
                dir,
                dir.resolve("format-" + (broker + 1) + ".log"));
    }

    private static void awaitFormat(ChildProcess format) {
        if (format.awaitExit(FORMAT_BOUND).orElse(-1) != 0) {
            throw new ProcessFailedException(format.name() + " failed:\n" + format.output());
        }
    }

    private ChildProcess launch(int broker) {
        KeptPorts.requireFree(ports.get(broker), "broker " + (broker + 1), portsFile());
        return children.start(
                "broker " + (broker + 1),
                java(List.of("-Xmx256m"), "kafka.Kafka", properties(broker).toString()),
                dir,
                dir.resolve("broker-" + (broker + 1) + ".log"));
    }

    private void awaitReady(int broker) {
        processes.get(broker).awaitPort(ports.get(broker), START_BOUND);
    }

    /** Starts a broker again that has ended, and waits until it accepts connections. */
    public void again(int broker) {
        processes.set(broker, launch(broker));
        awaitReady(broker);
    }

    /**
     * The broker that leads the only partition of a topic.
     *
     * @return its place among the {@link #processes}
     * @throws ProcessFailedException if no running broker knows one in time
     */
    public int leader(String topic) {
        return Await.until(
                "a leader of the topic " + topic,
                LEADER_BOUND,
                () -> IntStream.range(0, processes.size())
                        .filter(broker -> processes.get(broker).isAlive())
                        .boxed()
                        .flatMap(broker -> PartitionLeader.find(ports.get(broker), topic).stream()
                                .boxed())
                        .findFirst()
                        .map(id -> id - 1));
    }

    /** Returns the processes, in the order of the brokers' ids, which begin at 1. */
    public List<ChildProcess> processes() {
        return List.copyOf(processes);
    }

    /** Returns host and port of a broker. */
    String address(int broker) {
        return Loopback.HOST + ":" + ports.get(broker);
    }

    /** Returns the brokers' addresses, with commas between them. */
    public String bootstrapServers() {
        return IntStream.range(0, ports.size()).mapToObj(this::address).collect(Collectors.joining(","));
    }
}
