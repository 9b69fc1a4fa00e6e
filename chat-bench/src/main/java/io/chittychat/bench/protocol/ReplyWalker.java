package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;

/** Walks the responses of PublishStream, and keeps the participant's clock. */
final class ReplyWalker extends MessageWalker {

    private static final int LAMPORT_TIME = 1 << 3;
    private static final int ERROR = 3 << 3 | 2;

    private long clock;

    /** @param clock Lamport time so far */
    ReplyWalker(long clock) {
        this.clock = clock;
    }

    /** The Lamport time of the next request. */
    long tick() {
        return ++clock;
    }

    @Override
    void field(ByteBuffer in, int from, int end) {
        if (in.get(from) == ERROR) {
            throw new BenchException("a publish was refused");
        }
        if (in.get(from) == LAMPORT_TIME) {
            clock = Math.max(clock, Varints.value(in, from + 1, end)) + 1;
        }
    }
}
