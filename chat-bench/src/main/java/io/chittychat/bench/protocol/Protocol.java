package io.chittychat.bench.protocol;

import java.util.List;
import java.util.Optional;

/** The protocol of one server. Threading: one thread at a time. */
public interface Protocol extends AutoCloseable {

    /** More receivers, not connected yet. */
    List<ProtocolClient> receivers(int count);

    /** More publishers that do not receive, not connected yet. */
    List<ProtocolClient> publishers(int count);

    /** Participants that join and leave, if this protocol has joins. */
    default Optional<ChurningParticipants> visitors() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
