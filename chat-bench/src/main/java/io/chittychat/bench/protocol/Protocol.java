package io.chittychat.bench.protocol;

import java.util.List;
import java.util.Optional;

/** How one server is spoken to. Threading: one thread at a time. */
public interface Protocol extends AutoCloseable {

    /** Some more who receive, not connected yet. */
    List<ProtocolClient> receivers(int count);

    /** Some more who publish and do not receive, not connected yet. */
    List<ProtocolClient> publishers(int count);

    /** Some who come and go, if this protocol knows of them. */
    default Optional<Visitors> visitors() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
