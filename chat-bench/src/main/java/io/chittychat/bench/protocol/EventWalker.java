package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** Walks the responses of Broadcast, and checks that Lamport times strictly increase. */
final class EventWalker extends MessageWalker {

    private static final int EVENT = 1 << 3 | 2;
    private static final int CAUGHT_UP = 2 << 3 | 2;
    private static final int LAMPORT_TIME = 1 << 3;
    private static final int TYPE = 2 << 3;
    private static final int TEXT = 4 << 3 | 2;
    private static final int PUBLISHED = 2;
    private static final int BYTES = 2;

    private final ProtocolClient told;
    private final Advance times = new Advance();

    EventWalker(ProtocolClient told) {
        this.told = told;
    }

    @Override
    void field(ByteBuffer in, int from, int end) {
        int tag = in.get(from);
        if (tag == EVENT) {
            event(in, Varints.after(in, from + 1, end), end);
        } else if (tag == CAUGHT_UP) {
            told.becomeReady();
        }
    }

    /** Fields are in the order of their numbers, so all fields after the text are skipped. */
    private void event(ByteBuffer in, int from, int end) {
        boolean published = false;
        int at = from;
        while (at < end) {
            int tag = in.get(at);
            int afterNumber = Varints.after(in, at + 1, end);
            long number = Varints.value(in, at + 1, afterNumber);
            if (tag == TEXT) {
                if (published) {
                    told.delivered(in, afterNumber);
                }
                return;
            } else if (tag == LAMPORT_TIME) {
                times.to(number);
            } else if (tag == TYPE) {
                published = number == PUBLISHED;
            }
            at = (tag & BYTES) == 0 ? afterNumber : afterNumber + (int) number;
        }
    }
}
