package io.chittychat.trace.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Selected lines of a log.
 *
 * @param list in order, with lines between them
 */
public record LineRanges(List<LineRange> list) {

    /** Every line. */
    public static final LineRanges ALL = new LineRanges(List.of(new LineRange(0, Long.MAX_VALUE)));

    /** No line. */
    public static final LineRanges NONE = new LineRanges(List.of());

    public LineRanges {
        list = List.copyOf(list);
    }

    /**
     * Consecutive lines.
     *
     * @param from the number of the first in the whole log
     * @param to the number of the line after the last
     */
    public record LineRange(long from, long to) {}

    /** These lines and later ones. */
    LineRanges and(long from, long to) {
        if (from >= to) {
            return this;
        }
        List<LineRange> more = new ArrayList<>(list);
        more.add(new LineRange(from, to));
        return new LineRanges(more);
    }

    /** Whether a line is among them. */
    boolean has(long ordinal) {
        return list.stream().anyMatch(range -> range.from() <= ordinal && ordinal < range.to());
    }

    /** Whether a line follows all of them. */
    boolean areBefore(long ordinal) {
        return list.isEmpty() || list.get(list.size() - 1).to() <= ordinal;
    }
}
