package io.chittychat.bench.protocol;

import java.util.List;
import java.util.Optional;

/** The protocol of one server. Threading: one thread at a time. */
public interface Protocol extends AutoCloseable {

    /** More receivers, not connected yet. */
    List<ProtocolClient> receivers(int count);

    /** More publishers that do not receive, not connected yet. */
    List<ProtocolClient> publishers(int count);

    /**
     * A publisher that keeps a number of publishes under way, in the way that costs this protocol least. A multiple of that number
     * must be published.
     */
    default ProtocolClient pipeline(int size) {
        return publishers(1).get(0);
    }

    /** Whether several publishers usually share a connection: whether it takes a publish before the one before is acknowledged. */
    default boolean sharesConnections() {
        return true;
    }

    /** Participants that join and leave, if this protocol has joins. */
    default Optional<ChurningParticipants> visitors() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
