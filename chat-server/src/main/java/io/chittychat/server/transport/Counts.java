package io.chittychat.server.transport;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many there are of each kind; kinds of which there is nothing are forgotten.
 *
 * <p>Threading: any thread.
 *
 * @param <K> tells what is counted together, such as where it comes from
 */
final class Counts<K> {

    private final ConcurrentMap<K, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more unless there are {@code max} already. Returns whether it did. */
    boolean add(K kind, int max) {
        boolean[] added = new boolean[1]; // written by the function below, on this thread, once
        counts.compute(kind, (key, count) -> {
            int now = count == null ? 0 : count;
            added[0] = now < max;
            return added[0] ? Integer.valueOf(now + 1) : count;
        });
        return added[0];
    }

    /** One that was counted is gone. */
    void remove(K kind) {
        counts.computeIfPresent(kind, (key, count) -> count == 1 ? null : count - 1);
    }

    int size() {
        return counts.size();
    }
}
