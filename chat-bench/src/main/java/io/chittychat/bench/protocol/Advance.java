package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;

/** The Lamport times of the events that one receiver has received, which must strictly increase. */
final class Advance {

    private long newest;

    /** @throws BenchException if the next event's time is not above that of the event before */
    void to(long lamportTime) {
        if (lamportTime <= newest) {
            throw new BenchException("Lamport time %d came after %d".formatted(lamportTime, newest));
        }
        newest = lamportTime;
    }
}
