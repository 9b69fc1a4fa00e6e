package io.chittychat.bench.report;

import io.chittychat.bench.measure.Spread;

/**
 * A bar of a chart: one figure of one contestant.
 *
 * @param median above 0, the end of the bar
 * @param min above 0, the beginning of the whisker
 * @param max the end of the whisker
 * @param highlighted whether it stands out
 */
public record Bar(String label, double median, double min, double max, boolean highlighted) {

    public Bar {
        if (!(0 < min && min <= median && median <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s: %s, %s, %s".formatted(label, min, median, max));
        }
    }

    /** A bar of a measured figure. */
    public static Bar of(String label, Spread spread, boolean highlighted) {
        return new Bar(label, spread.median(), spread.min(), spread.max(), highlighted);
    }
}
