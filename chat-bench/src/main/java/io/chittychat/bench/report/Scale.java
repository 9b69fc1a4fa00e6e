package io.chittychat.bench.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;

/**
 * The scale of a chart's bars.
 *
 * @param begin of the bars; above 0 if and only if the scale is logarithmic
 * @param end with room for the value beside the longest bar
 */
record Scale(double begin, double end) {

    /** The shortest bar of a linear scale, as a part of the longest bar. */
    private static final double SHORTEST = 0.08;

    private static final double ROOM = 0.18; // of the length, for a value

    static Scale of(List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::max).max().orElseThrow();
        double least = bars.stream().mapToDouble(Bar::min).min().orElseThrow();
        if (least >= most * SHORTEST) {
            return new Scale(0, most / (1 - ROOM));
        }
        double begin = below(least / 2);
        return new Scale(begin, begin * Math.pow(most / begin, 1 / (1 - ROOM)));
    }

    boolean isLogarithmic() {
        return begin > 0;
    }

    ValueAxis axis() {
        ValueAxis axis = isLogarithmic() ? logarithmic() : linear();
        axis.setRange(begin, end);
        return axis;
    }

    private static NumberAxis linear() {
        NumberAxis axis = new NumberAxis();
        axis.setNumberFormatOverride(format());
        return axis;
    }

    private static LogAxis logarithmic() {
        LogAxis axis = new LogAxis();
        axis.setNumberFormatOverride(format());
        axis.setTickUnit(new NumberTickUnit(1)); // every power of ten
        return axis;
    }

    private static NumberFormat format() {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    /** The largest of 1, 2, 5, 10, 20, ... that is not above a value. */
    private static double below(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double digit = value / power;
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }
}
