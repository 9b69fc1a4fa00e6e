package io.chittychat.server.transport;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts per key, such as connections per origin. A key whose count is 0 takes no memory.
 *
 * <p>Threading: any thread.
 *
 * @param <K> the type of the keys
 */
final class Counts<K> {

    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();

    /** Increments a count unless it is {@code max} already. Returns whether it did. */
    boolean add(K key, int max) {
        boolean[] added = new boolean[1]; // compute runs the function once, on this thread
        counts.compute(key, (same, count) -> {
            int now = count == null ? 0 : count;
            added[0] = now < max;
            return added[0] ? Integer.valueOf(now + 1) : count;
        });
        return added[0];
    }

    /** Decrements a count. */
    void remove(K key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The number of keys whose count is above 0. */
    int size() {
        return counts.size();
    }
}
