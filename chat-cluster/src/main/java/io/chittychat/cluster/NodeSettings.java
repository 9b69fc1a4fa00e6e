package io.chittychat.cluster;

import java.nio.file.Path;
import java.util.List;

/** The settings of a node of the service. */
public final class NodeSettings {

    /** The topic that orders the messages, unless a node is told otherwise. */
    public static final String TOPIC = "chitty";

    private static final int MOST_COPIES = 3;

    private NodeSettings() {}

    /** How many brokers have a copy of the messages. */
    static int copies(int brokers) {
        return Math.min(MOST_COPIES, brokers);
    }

    /** How many copies there must be of a message that is acknowledged. */
    static int leastCopies(int brokers) {
        return copies(brokers) / 2 + 1;
    }

    /**
     * The arguments of a node; its addresses are missing.
     *
     * @param bootstrapServers addresses of brokers, with commas between them
     * @param brokers their number, which limits the number of copies
     * @param store the node's own file
     */
    public static List<String> of(String bootstrapServers, int brokers, Path store) {
        return List.of(
                "--chitty.log.engine=kafka",
                "--chitty.log.kafka.replication=" + copies(brokers),
                "--chitty.log.kafka.min-in-sync-replicas=" + leastCopies(brokers),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--chitty.store.file=" + store);
    }
}
