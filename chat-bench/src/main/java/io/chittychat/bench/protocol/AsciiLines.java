package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** Reads lines of ASCII in place. Buffers are in network order. */
final class AsciiLines {

    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
    private static final long NEWLINES = 0x0a0a0a0a0a0a0a0aL;

    private AsciiLines() {}

    /**
     * Where the first newline is, or -1. Eight bytes at a time.
     *
     * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Determine if a word has a zero byte</a>
     */
    static int newline(ByteBuffer in, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = in.getLong(at) ^ NEWLINES;
            long zeros = ~(((word & LOW) + LOW) | word | LOW);
            if (zeros != 0) {
                return at + (Long.numberOfLeadingZeros(zeros) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (in.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** The number whose last digit is before {@code end}. */
    static int numberBefore(ByteBuffer in, int end) {
        int number = 0;
        int unit = 1;
        for (int at = end - 1; in.get(at) >= '0' && in.get(at) <= '9'; at--) {
            number += unit * (in.get(at) - '0');
            unit *= 10;
        }
        return number;
    }

    static boolean startsWith(ByteBuffer in, int from, int to, String prefix) {
        if (to - from < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (in.get(from + i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
