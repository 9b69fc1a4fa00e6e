package io.chittychat.cluster;

import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Nodes of the service as processes on the loopback interface, whose messages brokers order. They keep their stores and their ports in a
 * directory, so they can be started again.
 *
 * <p>Threading: one thread. Errors: {@link io.chittychat.process.ProcessFailedException} if one does not start.
 */
public final class Nodes {

    private final List<ServerProcess> processes;

    private Nodes(List<ServerProcess> processes) {
        this.processes = processes;
    }

    /**
     * Starts nodes, and waits until they are ready.
     *
     * @param program makes the command from the arguments of the service
     * @param dir for their stores and logs, which are used again if they are there
     * @param settings further arguments of each node
     */
    public static Nodes start(
            Children children,
            Function<List<String>, List<String>> program,
            Brokers brokers,
            Path dir,
            int count,
            List<String> settings) {
        Path portsFile = dir.resolve("node-ports");
        List<Integer> ports = KeptPorts.of(portsFile, 2 * count);
        List<ServerProcess> started = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            List<String> all = new ArrayList<>(NodeSettings.of(
                    brokers.bootstrapServers(), brokers.processes().size(), dir.resolve("node-" + number + ".db")));
            all.addAll(settings);
            String name = "node " + number;
            int port = ports.get(2 * number - 2);
            int httpPort = ports.get(2 * number - 1);
            KeptPorts.requireFree(port, name, portsFile);
            KeptPorts.requireFree(httpPort, name, portsFile);
            started.add(ServerProcess.start(
                    name, port, httpPort, children, program, dir, dir.resolve("node-" + number + ".log"), all));
        }
        started.forEach(ServerProcess::awaitReady);
        return new Nodes(started);
    }

    /** Starts a node again that has ended, with its store and its address, and waits until it is ready. */
    public void again(int node) {
        processes.set(node, processes.get(node).again().awaitReady());
    }

    /** Returns the processes, in the order of their numbers. */
    public List<ServerProcess> processes() {
        return List.copyOf(processes);
    }
}
