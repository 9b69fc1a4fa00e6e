package io.chittychat.bench.cluster;

import io.chittychat.bench.server.Installation;
import io.chittychat.cluster.Brokers;
import io.chittychat.cluster.Nodes;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers and nodes that run, with new data. They end when it is closed.
 *
 * <p>Threading: one thread. Errors: {@link io.chittychat.process.ProcessFailedException} if a process does not start.
 */
record RunningCluster(Brokers brokers, Nodes nodes, SharedTopic topic) implements AutoCloseable {

    /** Brokers, and nodes. */
    static final int SIZE = 3;

    /**
     * Starts them, and waits until the nodes are ready and the brokers are in sync.
     *
     * @param name of the directory
     * @param settings further arguments of each node
     */
    static RunningCluster start(Installation installation, String name, List<String> settings) {
        Path dir = installation.freshDirectory(name);
        Path libraries = installation.checkout().resolve("chat-cluster/target/lib");
        Brokers brokers = Brokers.start(installation.children(), libraries, dir.resolve("brokers"), SIZE);
        Nodes nodes = Nodes.start(
                installation.children(),
                installation.jar().quick()::command,
                brokers,
                dir.resolve("nodes"),
                SIZE,
                settings);
        SharedTopic topic = new SharedTopic(brokers.bootstrapServers());
        topic.awaitInSync(SIZE);
        return new RunningCluster(brokers, nodes, topic);
    }

    /** The process ids of the nodes. */
    List<Long> nodePids() {
        return nodes.processes().stream().map(node -> node.child().pid()).toList();
    }

    /** The addresses of all nodes, with commas between them, in order from one of them on. */
    String addressesFrom(int first) {
        List<ServerProcess> all = nodes.processes();
        return IntStream.range(0, SIZE)
                .mapToObj(i -> all.get((first + i) % SIZE).address())
                .collect(Collectors.joining(","));
    }

    /** The node with an address. */
    int nodeAt(String address) {
        return nodes.processes().stream().map(ServerProcess::address).toList().indexOf(address);
    }

    /** Starts what was killed, and waits until the nodes are ready and the brokers are in sync. */
    void restore() {
        for (int i = 0; i < SIZE; i++) {
            if (!brokers.processes().get(i).isAlive()) {
                brokers.again(i);
            }
        }
        for (int i = 0; i < SIZE; i++) {
            if (!nodes.processes().get(i).child().isAlive()) {
                nodes.again(i);
            }
        }
        topic.awaitInSync(SIZE);
    }

    @Override
    public void close() {
        topic.close();
        nodes.processes().forEach(ServerProcess::close);
        brokers.processes().forEach(ChildProcess::kill); // nobody needs their data, and an orderly end takes long
    }
}
