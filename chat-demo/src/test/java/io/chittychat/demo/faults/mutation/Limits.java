package io.chittychat.demo.faults.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Values at and around limits: of the contract, of integers, of Unicode. */
final class Limits {

    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            2L,
            1000L,
            1001L,
            (1L << 20) - 1,
            1L << 20,
            (1L << 20) + 1,
            (1L << 31) - 1,
            1L << 31,
            1L << 32,
            1L << 53,
            (1L << 53) + 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            -1L,
            -2L);

    /** Code points with a special meaning in some program. */
    private static final List<String> SPECIAL = List.of(
            "a",
            "\u00e4",
            "\u65e5",
            "\ud83d\ude00",
            "\u0301",
            "\u0323",
            "\u200b",
            "\u202e",
            "\u2028",
            "\u0000",
            "\u0001",
            "\u001b",
            "\n",
            "\r\n",
            "\"",
            "\\",
            "%",
            "'",
            "\u2800",
            "\u3164",
            "\ufeff",
            "\uffff",
            "\udbff\udfff",
            " ",
            "\u00df");

    /** How many of them: around the longest name, the longest text, and what a log should cut. */
    private static final List<Integer> COUNTS = List.of(1, 2, 31, 32, 33, 127, 128, 129, 1000, 5000);

    /** Bytes that are no UTF-8: cut off, overlong, a surrogate, too high, never used. */
    private static final List<byte[]> NO_UTF8 = List.of(
            new byte[] {(byte) 0xe6, (byte) 0x97},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0x80});

    private Limits() {}

    static long number(Random random) {
        return Mutation.pick(NUMBERS, random);
    }

    /** A text, or bytes that are none. */
    static byte[] text(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Mutation.pick(NO_UTF8, random);
            case 1 -> mixed(random).getBytes(UTF_8);
            case 2 ->
                random.nextBoolean()
                        ? new byte[0]
                        : " ".repeat(random.nextInt(5)).getBytes(UTF_8);
            default ->
                Mutation.pick(SPECIAL, random)
                        .repeat(Mutation.pick(COUNTS, random))
                        .getBytes(UTF_8);
        };
    }

    private static String mixed(Random random) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            text.append(Mutation.pick(SPECIAL, random));
        }
        return text.toString();
    }
}
