package io.chittychat.cluster;

import java.nio.file.Path;
import java.util.List;

/** The settings of a node of the service. */
public final class NodeSettings {

    /** The topic that orders the messages, unless a node is told otherwise. */
    public static final String TOPIC = "chitty";

    private static final int MOST_COPIES = 3;

    private NodeSettings() {}

    /**
     * The arguments of a node; its addresses are missing.
     *
     * @param bootstrapServers addresses of brokers, with commas between them
     * @param brokers their number, which limits the number of copies
     * @param store the node's own file
     */
    public static List<String> of(String bootstrapServers, int brokers, Path store) {
        int copies = Math.min(MOST_COPIES, brokers);
        return List.of(
                "--chitty.log.engine=kafka",
                "--chitty.log.kafka.replication=" + copies,
                "--chitty.log.kafka.min-in-sync-replicas=" + (copies / 2 + 1),
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--chitty.store.file=" + store);
    }
}
