package io.chittychat.bench.load;

import java.util.concurrent.CompletableFuture;

/** Somebody who publishes as fast as acknowledgements come: a closed loop. */
public interface LoadPublisher {

    /**
     * How long it goes on: whichever comes first.
     *
     * @param end by {@link System#nanoTime}
     * @param count how many publishes
     */
    record Goal(long end, long count) {
        boolean isReached(long now, long sent) {
            return sent >= count || now - end >= 0;
        }
    }

    /** Starts; done when everything that was sent is acknowledged. One run at a time. */
    CompletableFuture<Latencies> start(Goal goal);
}
