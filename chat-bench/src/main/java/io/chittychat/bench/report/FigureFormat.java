package io.chittychat.bench.report;

import io.chittychat.bench.measure.Spread;
import java.util.Locale;

/** Formats figures. */
public final class FigureFormat {

    private FigureFormat() {}

    /** {@code 12,345 (11,000 - 13,000)}: the median, minimum and maximum of all rounds. */
    public static String whole(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f - %,.0f)", spread.median(), spread.min(), spread.max());
    }

    /** {@code 0.123 (0.110 - 0.140)}. */
    public static String fine(Spread spread) {
        return String.format(Locale.ROOT, "%.3f (%.3f - %.3f)", spread.median(), spread.min(), spread.max());
    }

    /** {@code 1.23 (1.10 - 1.40)}. */
    public static String exact(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f - %.2f)", spread.median(), spread.min(), spread.max());
    }

    /** A number above 0 with three significant digits, or all its integer digits: {@code 0.146}, {@code 2.40}, {@code 12,345}. */
    static String significant(double value) {
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
