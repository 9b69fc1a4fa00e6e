package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** Reads numbers of seven bits in a byte, the lowest first, in place. */
final class Varints {

    private Varints() {}

    /** The place after the number, or -1 if its end has not arrived. */
    static int after(ByteBuffer in, int from, int to) {
        for (int at = from; at < to; at++) {
            if (in.get(at) >= 0) {
                return at + 1;
            }
        }
        return -1;
    }

    /** @param end as {@link #after} returned it */
    static long value(ByteBuffer in, int from, int end) {
        long value = 0;
        for (int at = end - 1; at >= from; at--) {
            value = value << 7 | in.get(at) & 0x7f;
        }
        return value;
    }
}
