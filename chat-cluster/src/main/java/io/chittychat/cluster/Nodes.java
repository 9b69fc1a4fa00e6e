package io.chittychat.cluster;

import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Nodes of the service as processes on the loopback interface, whose messages brokers order. They keep their stores in a
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
        List<ServerProcess> started = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            List<String> all = new ArrayList<>(NodeSettings.of(
                    brokers.bootstrapServers(), brokers.processes().size(), dir.resolve("node-" + number + ".db")));
            all.addAll(settings);
            started.add(ServerProcess.start(
                    "node " + number, children, program, dir, dir.resolve("node-" + number + ".log"), all));
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
