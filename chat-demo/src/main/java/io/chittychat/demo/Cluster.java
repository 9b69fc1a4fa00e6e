package io.chittychat.demo;

import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.Listener;
import io.chittychat.cluster.NodeSettings;
import io.chittychat.demo.process.Line;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.ProcessLog;
import io.chittychat.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The service on several nodes, with as many brokers of Kafka, each of them a process. A node that is to be cut off reaches the
 * brokers by relays, as a listener of its own says.
 */
final class Cluster implements Service, Nodes {

    private static final int SIZE = 3;
    private static final Duration EXIT_BOUND = Duration.ofSeconds(15);
    private static final Duration LOG_BOUND = Duration.ofSeconds(30);

    private final ProcessLog log;
    private final Map<Integer, List<Line>> relays = new LinkedHashMap<>(); // by the node
    private final Brokers brokers;
    private final List<ServerProcess> nodes = new ArrayList<>();

    /**
     * Starts the brokers, waits for them, and starts the nodes, which are not ready yet.
     *
     * @param home the checkout
     * @param log is told of cut nodes
     * @param cutOff the nodes that will be cut off
     */
    Cluster(Path home, Children children, ProcessLog log, Programs programs, Workspace workspace, Set<Integer> cutOff) {
        this.log = log;
        Path libraries = home.resolve(Path.of("chat-cluster", "target", "lib"));
        requireBrokers(libraries);
        List<Listener> listeners = cutOff.stream().sorted().map(this::relayed).toList();
        brokers = Brokers.start(children, libraries, workspace.dir().resolve("brokers"), SIZE, listeners);
        for (int node = 1; node <= SIZE; node++) {
            List<String> settings = new ArrayList<>(NodeSettings.of(
                    bootstrapServers(node), SIZE, workspace.dir().resolve("node-" + node + ".db")));
            settings.add(RESUME_WINDOW);
            nodes.add(programs.startNode(children, workspace, node, settings));
        }
    }

    private static void requireBrokers(Path libraries) {
        try (Stream<Path> jars = Files.isDirectory(libraries) ? Files.list(libraries) : Stream.empty()) {
            if (jars.noneMatch(jar -> String.valueOf(jar.getFileName()).startsWith("kafka_"))) {
                throw new ProcessFailedException(
                        "there are no brokers in " + libraries + ": run ./mvnw package -Dmaven.test.skip -Pbrokers");
            }
        } catch (IOException e) {
            throw new ProcessFailedException("cannot read " + libraries + ": " + e, e);
        }
    }

    private Listener relayed(int node) {
        List<Integer> ports =
                IntStream.range(0, SIZE).mapToObj(broker -> Loopback.freePort()).toList();
        List<Line> lines =
                ports.stream().map(port -> new Line(Loopback.HOST + ":" + port)).toList();
        relays.put(node, lines);
        return new Listener(
                "NODE" + node, ports, lines.stream().map(Line::address).toList());
    }

    private String bootstrapServers(int node) {
        return Optional.ofNullable(relays.get(node))
                .map(lines -> String.join(",", lines.stream().map(Line::address).toList()))
                .orElseGet(brokers::bootstrapServers);
    }

    @Override
    public List<String> addresses() {
        return nodes.stream().map(ServerProcess::address).toList();
    }

    @Override
    public String introduction() {
        return "Starting %d nodes, at %s, whose messages %d brokers of Kafka order"
                .formatted(SIZE, String.join(", ", addresses()), SIZE);
    }

    @Override
    public void awaitReady() {
        nodes.forEach(ServerProcess::awaitReady);
    }

    @Override
    public ChildProcess witness() {
        return nodes.stream()
                .map(ServerProcess::child)
                .filter(node -> !node.isAlive())
                .findFirst()
                .orElseGet(() -> nodes.get(0).child());
    }

    @Override
    public void kill() {
        throw new IllegalStateException("the service has several nodes, which die one by one");
    }

    @Override
    public void startAgain() {
        throw new IllegalStateException("the service has several nodes, which start one by one");
    }

    @Override
    public Nodes nodes() {
        return this;
    }

    @Override
    public void kill(int node) {
        kill(child(node));
    }

    @Override
    public void start(int node) {
        nodes.set(node - 1, nodes.get(node - 1).again().awaitReady());
    }

    @Override
    public int killLeadingBroker() {
        int leader = brokers.leader(NodeSettings.TOPIC);
        kill(brokers.processes().get(leader));
        return leader + 1;
    }

    private static void kill(ChildProcess process) {
        process.kill();
        requireEnd(process, "SIGKILL");
    }

    @Override
    public void cutOff(int node) {
        relaysOf(node).forEach(Line::cut);
        log.happened(ProcessLog.CUT_OFF, child(node));
    }

    @Override
    public void bringBack(int node) {
        relaysOf(node).forEach(Line::mend);
        log.happened(ProcessLog.BACK, child(node));
        nodes.get(node - 1).awaitHealthy();
    }

    private List<Line> relaysOf(int node) {
        return Optional.ofNullable(relays.get(node))
                .orElseThrow(() -> new IllegalStateException("node " + node + " reaches the brokers without relays"));
    }

    @Override
    public int acceptedBy(String participant, long clock) {
        String call = "rpc=Broadcast participant=%s lamport_in=%d ".formatted(participant, clock);
        return Await.until(
                "the node that serves " + participant,
                LOG_BOUND,
                () -> IntStream.rangeClosed(1, SIZE)
                        .filter(node -> child(node).output().contains(call))
                        .boxed()
                        .findFirst());
    }

    private ChildProcess child(int node) {
        return nodes.get(node - 1).child();
    }

    /** The brokers go on until the end of everything: nobody asks them for anything any more. */
    @Override
    public void end() {
        List<ChildProcess> alive = nodes.stream()
                .map(ServerProcess::child)
                .filter(ChildProcess::isAlive)
                .toList();
        alive.forEach(ChildProcess::terminate);
        alive.forEach(node -> requireEnd(node, "SIGTERM"));
    }

    private static void requireEnd(ChildProcess process, String signal) {
        if (process.awaitExit(EXIT_BOUND).isEmpty()) {
            throw new ProcessFailedException(
                    "%s did not end within %d s of %s".formatted(process.name(), EXIT_BOUND.toSeconds(), signal));
        }
    }

    @Override
    public void close() {
        relays.values().stream().flatMap(List::stream).forEach(Line::close);
    }
}
