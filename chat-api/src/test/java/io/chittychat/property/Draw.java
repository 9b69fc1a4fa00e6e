package io.chittychat.property;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Draws the random values of one case from one seed. Of the numbers from a wide range, the sizes and the characters,
 * one in {@value #SHARE} is an edge case: a bound or its neighbour, a number about zero, a character at the border of
 * an encoding or of a class of characters.
 *
 * <p>Elements of lists and characters of texts are numbered as they are drawn. An element that is to be dropped is
 * drawn all the same, so that the rest of the case stays the same.
 *
 * <p>Threading: not thread-safe.
 */
public final class Draw {

    private static final int SHARE = 20;
    private static final int NARROW = 64;
    private static final int MOST_TRIED = 10_000;

    /** Borders of ASCII, Latin-1, the surrogates and the planes; invisible and combining characters. */
    private static final int[] EDGES = {
        0, '\t', '\n', 0x1f, ' ', '"', '\\', '~', 0x7f, 0x80, 0x9f, 0xa0, 0xff, 0x100, 0x130, 0x300, 0x7ff, 0x800,
        0x200b, 0x2028, 0x202e, 0x3000, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xfffd, 0xfffe, 0xffff,
        0x10000, 0x1f44b, 0x10ffff
    };

    private final SplittableRandom random;
    private final BitSet dropped;
    private int elements;
    private int leftOut;

    /** @param dropped the numbers of the elements to drop; the numbers of elements within these are added to it */
    Draw(long seed, BitSet dropped) {
        this.random = new SplittableRandom(seed);
        this.dropped = dropped;
    }

    /** The number of elements drawn so far, including dropped ones. */
    int elements() {
        return elements;
    }

    /** A seed for the test's own random generator: any number, all equally likely. */
    public long seed() {
        return random.nextLong();
    }

    public boolean yesOrNo() {
        return random.nextBoolean();
    }

    /** A number from zero to {@code bound}, exclusive, all equally likely. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of the values, all equally likely. */
    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[below(values.length)];
    }

    /** A number, both bounds included. */
    public int between(int min, int max) {
        return (int) between((long) min, (long) max);
    }

    /**
     * A number, both bounds included. In a narrow range all are equally likely. In a wide range, half of the numbers
     * that are not edge cases have a random number of digits, so that small ones are common.
     */
    public long between(long min, long max) {
        boolean narrow = max - min >= 0 && max - min < NARROW;
        if (!narrow && isEdge()) {
            return Math.max(min, Math.min(max, edge(min, max)));
        }
        if (!narrow && random.nextBoolean()) {
            int digits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(Math.abs(min), Math.abs(max)));
            long any = random.nextLong() >> (Long.SIZE - 1 - random.nextInt(digits + 1));
            if (any >= min && any <= max) {
                return any;
            }
        }
        return evenly(min, max);
    }

    /** Any number. */
    public long anyLong() {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private boolean isEdge() {
        return below(SHARE) == 0;
    }

    private long edge(long min, long max) {
        return switch (below(7)) {
            case 0 -> min;
            case 1 -> min + 1;
            case 2 -> max - 1;
            case 3 -> max;
            case 4 -> -1;
            case 5 -> 0;
            default -> 1;
        };
    }

    private long evenly(long min, long max) {
        if (max < Long.MAX_VALUE) {
            return random.nextLong(min, max + 1);
        }
        return min > Long.MIN_VALUE ? random.nextLong(min - 1, max) + 1 : random.nextLong();
    }

    /** A list whose size is between two bounds, both included. A failing case is tried with fewer elements. */
    public <T> List<T> list(int min, int max, Function<? super Draw, ? extends T> element) {
        int size = between(min, max);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = elements++;
            T drawn = element.apply(this);
            boolean needed = list.size() + size - 1 - i < min;
            if (needed || !dropped.get(number)) {
                list.add(drawn);
            } else {
                dropped.set(number, elements);
                leftOut++;
            }
        }
        return Collections.unmodifiableList(list);
    }

    /** A number of repetitions. A failing case is tried with fewer. */
    public int times(int min, int max) {
        return list(min, max, each -> true).size();
    }

    /** A text of any characters, lone surrogates included; half of them are ASCII. */
    public String text(int min, int max) {
        return join(list(min, max, Draw::character));
    }

    /** A text of characters from a range, both bounds included. */
    public String text(int min, int max, char from, char to) {
        return join(list(min, max, draw -> draw.between(from, to)));
    }

    private int character() {
        if (isEdge()) {
            return EDGES[below(EDGES.length)];
        }
        return switch (below(4)) {
            case 0, 1 -> between(' ', '~');
            case 2 -> below(Character.MIN_SUPPLEMENTARY_CODE_POINT);
            default -> below(Character.MAX_CODE_POINT + 1);
        };
    }

    private static String join(List<Integer> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::appendCodePoint);
        return text.toString();
    }

    /**
     * Draws values until one satisfies the predicate.
     *
     * @throws IllegalStateException if none of ten thousand does, or if a value does not because elements were dropped
     */
    public <T> T until(Predicate<? super T> wanted, Function<? super Draw, ? extends T> value) {
        int before = leftOut;
        for (int i = 0; i < MOST_TRIED && leftOut == before; i++) {
            T drawn = value.apply(this);
            if (wanted.test(drawn)) {
                return drawn;
            }
        }
        throw new IllegalStateException("no value satisfies the predicate");
    }
}
