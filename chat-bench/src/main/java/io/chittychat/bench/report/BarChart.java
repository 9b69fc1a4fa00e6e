package io.chittychat.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPosition;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.CategoryLabelWidthType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.text.TextBlockAnchor;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Horizontal bars, one below the other in the given order, each with its median, and a whisker from minimum to maximum. The scale is
 * logarithmic if the shortest bar would be too short to see otherwise.
 *
 * <p>The chart has its own background, so it is readable on light and dark pages. Labels begin at the left, because the viewer's font
 * may be narrower than the measured font. The same bars give the same chart on one machine; fonts of another machine may move
 * parts by some pixels.
 */
public final class BarChart {

    private static final int WIDTH = 900; // pixels, as are the following
    private static final int HEIGHT_OF_BAR = 36;
    private static final int HEIGHT_BESIDES = 116;

    static final Color TEXT = new Color(0x24292f);
    static final Color FAINT_TEXT = new Color(0x57606a);
    private static final Color GRID = new Color(0xe4e7eb);
    private static final float LABEL_SHARE = 0.40f; // of the width, for labels; longer labels are broken

    private BarChart() {}

    /** Why no chart can be drawn here; empty if it can. The JVM needs fonts, which a small machine lacks. */
    public static Optional<String> obstacle() {
        try {
            font(Font.PLAIN, 12).getStringBounds("text", new FontRenderContext(null, true, true));
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of("this Java finds no fonts (" + e.getMessage() + ")");
        }
    }

    /**
     * The chart as an SVG document.
     *
     * @param unit of the bars' figures, printed below them
     * @param bars at least one
     */
    public static String svg(String title, String unit, List<Bar> bars) {
        Scale scale = Scale.of(bars);
        ValueAxis values = scale.axis();
        values.setLabel(scale.isLogarithmic() ? unit + " (logarithmic)" : unit);
        styleValues(values);
        CategoryPlot plot = new CategoryPlot(medians(bars), labels(), values, new BarRow(bars, scale.begin()));
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);

        JFreeChart chart = new JFreeChart(null, font(Font.BOLD, 17), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(14, 18, 12, 18));
        chart.setTitle(heading(title));
        return ChartSvg.draw(WIDTH, HEIGHT_BESIDES + HEIGHT_OF_BAR * bars.size(), title, chart::draw);
    }

    private static DefaultCategoryDataset medians(List<Bar> bars) {
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        bars.forEach(bar -> medians.addValue(bar.median(), "", bar.label()));
        if (medians.getColumnCount() != bars.size() || bars.isEmpty()) {
            throw new IllegalArgumentException("there must be bars, with different labels: " + bars);
        }
        return medians;
    }

    private static TextTitle heading(String title) {
        TextTitle heading = new TextTitle(title, font(Font.BOLD, 17));
        heading.setPaint(TEXT);
        heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
        heading.setMargin(0, 7, 10, 0);
        return heading;
    }

    private static CategoryAxis labels() {
        CategoryLabelPosition left = new CategoryLabelPosition(
                RectangleAnchor.LEFT,
                TextBlockAnchor.CENTER_LEFT,
                TextAnchor.CENTER_LEFT,
                0,
                CategoryLabelWidthType.RANGE,
                LABEL_SHARE);
        CategoryAxis labels = new LeftLabels();
        labels.setCategoryLabelPositions(new CategoryLabelPositions(left, left, left, left));
        labels.setMaximumCategoryLabelLines(2);
        labels.setTickLabelFont(font(Font.PLAIN, 13));
        labels.setTickLabelPaint(TEXT);
        labels.setTickLabelInsets(new RectangleInsets(2, 4, 2, 10));
        labels.setAxisLineVisible(false);
        labels.setTickMarksVisible(false);
        labels.setLowerMargin(0.01);
        labels.setUpperMargin(0.01);
        labels.setCategoryMargin(0.4);
        return labels;
    }

    /** Labels with left-aligned lines. */
    private static final class LeftLabels extends CategoryAxis {

        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("rawtypes") // the library's
        protected TextBlock createLabel(Comparable label, float width, RectangleEdge edge, Graphics2D graphics) {
            TextBlock block = super.createLabel(label, width, edge, graphics);
            block.setLineAlignment(HorizontalAlignment.LEFT);
            return block;
        }
    }

    private static void styleValues(ValueAxis values) {
        values.setLabelFont(font(Font.PLAIN, 12));
        values.setLabelPaint(FAINT_TEXT);
        values.setTickLabelFont(font(Font.PLAIN, 12));
        values.setTickLabelPaint(FAINT_TEXT);
        values.setAxisLineVisible(false);
        values.setTickMarksVisible(false);
        values.setMinorTickMarksVisible(false);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
