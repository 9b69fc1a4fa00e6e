package io.chittychat.server.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Totals over all connections.
 *
 * <p>Threading: any thread.
 *
 * @param requests bytes in memory of incomplete requests
 * @param replies bytes in memory of replies that clients have not read
 * @param waitingCalls calls that wait for their request or their answer
 */
public record ConnectionTotals(LongAdder requests, LongAdder replies, AtomicInteger waitingCalls) {

    public ConnectionTotals() {
        this(new LongAdder(), new LongAdder(), new AtomicInteger());
    }
}
