package io.chittychat.cluster;

import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import io.chittychat.process.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./chitty cluster}: brokers and nodes on this machine, until Ctrl-C. */
@Command(
        name = "chitty cluster",
        mixinStandardHelpOptions = true,
        description = "Runs several nodes of the service, and the brokers of Kafka that order"
                + " their messages, on this machine. Kill any of them to see the"
                + " conversation go on; 'node N' or 'broker N', typed here, starts one"
                + " again. Ctrl-C ends all. With fewer than three brokers, the death of"
                + " one stops the conversation.")
public final class ClusterCommand implements Callable<Integer> {

    private static final Pattern START = Pattern.compile("(node|broker) (\\d+)");
    private static final int MOST_ADDRESSES = 10; // that a client takes
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dfile.encoding=UTF-8");

    @Option(names = "--home", hidden = true, description = "The checkout.")
    private Path home = Path.of("");

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes of the service (default: ${DEFAULT-VALUE}).")
    private int nodeCount = 3;

    @Option(names = "--brokers", paramLabel = "N", description = "Brokers (default: ${DEFAULT-VALUE}).")
    private int brokerCount = 3;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "For data and logs, used again if it is there (default: target/cluster in the checkout).")
    private @Nullable Path dir;

    private final PrintStream out;
    private final BufferedReader in;

    private ClusterCommand(PrintStream out, BufferedReader in) {
        this.out = out;
        this.in = in;
    }

    public static void main(String[] arguments) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.exit(new CommandLine(new ClusterCommand(System.out, in)).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (nodeCount < 1 || brokerCount < 1) {
            out.println("At least one node and one broker are needed.");
            return 2;
        }
        Path data = (dir == null ? home.resolve("target/cluster") : dir).toAbsolutePath();
        try (ClusterDirectory directory = ClusterDirectory.open(data);
                Children children = new Children()) {
            RunnableJar service = directory.copy(RunnableJar.of(home, "chat-server", SMALL));
            out.printf("starting %d %s ...%n", brokerCount, brokerCount == 1 ? "broker" : "brokers");
            Path libraries = directory.copyLibraries(home.resolve("chat-cluster/target/lib"));
            Brokers brokers = Brokers.start(children, libraries, data.resolve("brokers"), brokerCount);
            out.printf("starting %d %s ...%n", nodeCount, nodeCount == 1 ? "node" : "nodes");
            Nodes nodes = Nodes.start(children, service::command, brokers, data, nodeCount, List.of());
            ProcessWatch watch = new ProcessWatch(brokerCount, nodeCount, out, children::isClosed);
            show(brokers, nodes, data);
            watchAll(watch, brokers, nodes);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> out.printf("ending all; data and logs stay in %s%n", data)));
            obey(brokers, nodes, watch);
            Thread.currentThread().join(); // until Ctrl-C
        } catch (ProcessFailedException e) {
            out.println(e.getMessage());
            return 1;
        }
        return 0;
    }

    private static void watchAll(ProcessWatch watch, Brokers brokers, Nodes nodes) {
        for (int i = 0; i < brokers.processes().size(); i++) {
            watch.watch(ProcessWatch.Role.BROKER, i + 1, brokers.processes().get(i));
        }
        for (int i = 0; i < nodes.processes().size(); i++) {
            watch.watch(ProcessWatch.Role.NODE, i + 1, nodes.processes().get(i).child());
        }
    }

    private void show(Brokers brokers, Nodes nodes, Path data) {
        for (int i = 0; i < brokerCount; i++) {
            show(brokers, i);
        }
        for (int i = 0; i < nodeCount; i++) {
            show("node " + (i + 1), nodes.processes().get(i));
        }
        out.printf("logs and data: %s%n%n", data);
        out.printf(
                "talk:   ./chitty client --server %s%n",
                nodes.processes().stream()
                        .limit(MOST_ADDRESSES)
                        .map(ServerProcess::address)
                        .collect(Collectors.joining(",")));
        out.printf("kill:   kill -9 PID%n");
        out.printf("again:  type 'node 1' or 'broker 1' here%n");
        out.printf("end:    Ctrl-C%n");
        out.flush();
    }

    private void show(Brokers brokers, int index) {
        ChildProcess broker = brokers.processes().get(index);
        out.printf("%-9s  %-21s  pid %d%n", "broker " + (index + 1), brokers.address(index), broker.pid());
    }

    private void show(String name, ServerProcess node) {
        out.printf(
                "%-9s  %-21s  pid %-8d health http://%s/actuator/health%n",
                name, node.address(), node.child().pid(), node.httpAddress());
    }

    /** Starts again what the user names, as long as there is input. */
    private void obey(Brokers brokers, Nodes nodes, ProcessWatch watch) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher start = START.matcher(line.strip());
                if (start.matches()) {
                    startAgain(brokers, nodes, watch, start.group(1), Integer.parseInt(start.group(2)) - 1);
                } else if (!line.isBlank()) {
                    out.println("Not understood: type 'node N' or 'broker N' to start it again");
                }
            }
        } catch (IOException e) {
            out.println("No input any more: " + e.getMessage());
        }
    }

    private void startAgain(Brokers brokers, Nodes nodes, ProcessWatch watch, String what, int index) {
        boolean isNode = what.equals("node");
        if (index < 0 || index >= (isNode ? nodeCount : brokerCount)) {
            out.printf("There is no %s %d%n", what, index + 1);
            return;
        }
        ChildProcess process = isNode
                ? nodes.processes().get(index).child()
                : brokers.processes().get(index);
        if (process.awaitExit(Duration.ofMillis(1)).isEmpty()) {
            out.printf("%s %d still runs: pid %d%n", what, index + 1, process.pid());
            return;
        }
        try {
            if (isNode) {
                nodes.again(index);
                watch.watch(
                        ProcessWatch.Role.NODE,
                        index + 1,
                        nodes.processes().get(index).child());
                show("node " + (index + 1), nodes.processes().get(index));
            } else {
                brokers.again(index);
                watch.watch(
                        ProcessWatch.Role.BROKER, index + 1, brokers.processes().get(index));
                show(brokers, index);
            }
        } catch (ProcessFailedException e) {
            out.println(e.getMessage());
        }
    }
}
