package io.chittychat.bench.protocol;

import java.util.List;

/** How one server is spoken to. Threading: one thread at a time. */
public interface Protocol extends AutoCloseable {

    /** Some more who receive, not connected yet. */
    List<Conversation> receivers(int count);

    /** Some more who publish and do not receive, not connected yet. */
    List<Conversation> publishers(int count);

    @Override
    default void close() {}
}
