package io.chittychat.trace.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of a log's lines.
 *
 * @param list in order, none touching another
 */
public record Stretches(List<Stretch> list) {

    /** Every line. */
    public static final Stretches ALL = new Stretches(List.of(new Stretch(0, Long.MAX_VALUE)));

    /** No line. */
    public static final Stretches NONE = new Stretches(List.of());

    public Stretches {
        list = List.copyOf(list);
    }

    /**
     * Lines that stand together.
     *
     * @param from the number of the first in the whole log
     * @param to the number of the one behind the last
     */
    public record Stretch(long from, long to) {}

    /** These lines and some behind them. */
    Stretches and(long from, long to) {
        if (from >= to) {
            return this;
        }
        List<Stretch> more = new ArrayList<>(list);
        more.add(new Stretch(from, to));
        return new Stretches(more);
    }

    /** Whether a line is among them. */
    boolean has(long ordinal) {
        return list.stream().anyMatch(stretch -> stretch.from() <= ordinal && ordinal < stretch.to());
    }

    /** Whether a line is behind all of them. */
    boolean areBefore(long ordinal) {
        return list.isEmpty() || list.get(list.size() - 1).to() <= ordinal;
    }
}
