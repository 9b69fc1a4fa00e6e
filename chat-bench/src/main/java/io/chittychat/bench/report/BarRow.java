package io.chittychat.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;

/** Draws a bar, its whisker, and its value beside both. */
final class BarRow extends BarRenderer {

    private static final long serialVersionUID = 1;

    private static final Color HIGHLIGHTED = new Color(0x2f6fde);
    private static final Color OTHER = new Color(0xa3b1c2);
    private static final BasicStroke WHISKER = new BasicStroke(1.5f);
    private static final double CAP = 4; // pixels to either side
    private static final float GAP = 8; // pixels before the value

    @SuppressWarnings("serial") // charts are drawn, not kept
    private final List<Bar> bars;

    /** @param begin of the bars on the axis */
    BarRow(List<Bar> bars, double begin) {
        this.bars = bars;
        setBase(begin);
        setIncludeBaseInRange(false);
        setBarPainter(new StandardBarPainter());
        setShadowVisible(false);
        setDrawBarOutline(false);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
        return bars.get(column).highlighted() ? HIGHLIGHTED : OTHER;
    }

    @Override
    public void drawItem(
            Graphics2D graphics,
            CategoryItemRendererState state,
            Rectangle2D area,
            CategoryPlot plot,
            CategoryAxis labels,
            ValueAxis values,
            CategoryDataset dataset,
            int row,
            int column,
            int pass) {
        super.drawItem(graphics, state, area, plot, labels, values, dataset, row, column, pass);
        Bar bar = bars.get(column);
        RectangleEdge edge = plot.getRangeAxisEdge();
        double middle = labels.getCategoryMiddle(column, bars.size(), area, plot.getDomainAxisEdge());
        double from = values.valueToJava2D(bar.min(), area, edge);
        double to = values.valueToJava2D(bar.max(), area, edge);

        graphics.setPaint(BarChart.TEXT);
        graphics.setStroke(WHISKER);
        if (to - from >= 1) {
            graphics.draw(new Line2D.Double(from, middle, to, middle));
            graphics.draw(new Line2D.Double(from, middle - CAP, from, middle + CAP));
            graphics.draw(new Line2D.Double(to, middle - CAP, to, middle + CAP));
        }
        graphics.setFont(BarChart.font(bar.highlighted() ? Font.BOLD : Font.PLAIN, 13));
        TextUtils.drawAlignedString(
                FigureFormat.significant(bar.median()),
                graphics,
                (float) to + GAP,
                (float) middle,
                TextAnchor.CENTER_LEFT);
    }
}
