package io.chittychat.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Texts that begin with different numbers. Threading: one thread; each text overwrites the one before. */
final class NumberedText {

    /** The digits of the number. */
    static final int DIGITS = 10;

    private final byte[] bytes;

    /** @param size in code points, which are bytes; at least {@link #DIGITS} */
    NumberedText(int size) {
        bytes = PublishRun.TEXT
                .repeat(1 + size / PublishRun.TEXT.length())
                .substring(0, size)
                .getBytes(US_ASCII);
    }

    byte[] of(long number) {
        long rest = number;
        for (int at = DIGITS - 1; at >= 0; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return bytes;
    }

    /** The number of the text that begins at a place. */
    static long number(ByteBuffer in, int at) {
        long number = 0;
        for (int i = at; i < at + DIGITS; i++) {
            number = 10 * number + in.get(i) - '0';
        }
        return number;
    }
}
