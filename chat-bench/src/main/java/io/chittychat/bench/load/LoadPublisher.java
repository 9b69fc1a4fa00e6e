package io.chittychat.bench.load;

import java.util.concurrent.CompletableFuture;

/** Publishes as fast as acknowledgements arrive: a closed loop. */
public interface LoadPublisher {

    /**
     * The end of a run: the first of both limits.
     *
     * @param end by {@link System#nanoTime}
     * @param count of publishes
     */
    record Goal(long end, long count) {
        boolean isReached(long now, long sent) {
            return sent >= count || now - end >= 0;
        }
    }

    /** Starts a run; it is done when all publishes are acknowledged. One run at a time. */
    CompletableFuture<Latencies> start(Goal goal);
}
