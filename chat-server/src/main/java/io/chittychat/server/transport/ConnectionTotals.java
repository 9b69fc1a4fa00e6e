package io.chittychat.server.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all connections keep in memory.
 *
 * <p>Threading: any thread.
 *
 * @param requests bytes of requests that are not complete
 * @param replies bytes of replies that are not taken
 * @param waitingCalls how many calls wait for their request or their answer
 */
public record ConnectionTotals(LongAdder requests, LongAdder replies, AtomicInteger waitingCalls) {

    public ConnectionTotals() {
        this(new LongAdder(), new LongAdder(), new AtomicInteger());
    }
}
