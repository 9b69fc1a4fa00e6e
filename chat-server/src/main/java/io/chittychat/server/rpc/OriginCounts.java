package io.chittychat.server.rpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many there are from each place; places from which there is nothing are forgotten.
 *
 * <p>Threading: any thread.
 */
final class OriginCounts {

    private final ConcurrentMap<Origin, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more unless there are {@code max} already. Returns whether it did. */
    boolean add(Origin origin, int max) {
        boolean[] added = new boolean[1]; // written by the function below, on this thread, once
        counts.compute(origin, (key, count) -> {
            int now = count == null ? 0 : count;
            added[0] = now < max;
            return added[0] ? Integer.valueOf(now + 1) : count;
        });
        return added[0];
    }

    /** One that was counted is gone. */
    void remove(Origin origin) {
        counts.computeIfPresent(origin, (key, count) -> count == 1 ? null : count - 1);
    }

    int size() {
        return counts.size();
    }
}
