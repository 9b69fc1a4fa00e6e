package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime.Window;

/** Paints the axis of Lamport time with its lines, and the lines about parts that are not shown. */
final class FramePainter {

    private static final double SMALL = 10;

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;

    FramePainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
    }

    void paint() {
        svg.open("g", SvgWriter.attributes("class", "axis"));
        double axis = drawing.columns.axis();
        shapes.label(new Label("L", ColumnLayout.NAME_SIZE - 1, Pen.MUTED, "end", true), axis, drawing.nameLine());
        for (RowLayout.Row row : drawing.rows.all()) {
            svg.open("g", SvgWriter.attributes("class", "time", "data-time", row.time()));
            shapes.line(Pen.FAINT, 1, Shapes.SOLID, axis + 5, row.y(), drawing.columns.right(), row.y());
            shapes.label(
                    new Label(Long.toString(row.time()), ColumnLayout.TIME_SIZE, Pen.MUTED).anchored("end"),
                    axis,
                    row.y() + 3.2);
            if (row.afterGap()) {
                gap(axis, row.y() - 19.5);
            }
            svg.close();
        }
        svg.close();
    }

    /** Three dots for omitted times. */
    private void gap(double axis, double y) {
        for (int dot = -1; dot <= 1; dot++) {
            shapes.box(Pen.MUTED, 1, axis - 5, y + dot * 4 - 1, 2, 2);
        }
    }

    /** Writes at the top and at the bottom which part is shown. */
    void paintCut(double bottom) {
        Window window = drawing.spaceTime.window();
        if (!window.isCut()) {
            return;
        }
        String part = "Lamport times " + window.from() + " to " + window.to() + " of " + window.first() + " to "
                + window.last();
        svg.open("g", SvgWriter.attributes("class", "cut"));
        cut(part + (window.from() > window.first() ? ": earlier times are not shown" : ""), Drawing.HEAD + 6);
        cut(part + (window.to() < window.last() ? ": later times are not shown" : ""), bottom);
        svg.close();
    }

    private void cut(String words, double y) {
        shapes.label(new Label(words, SMALL, Pen.INK).bold(true), 20, y);
    }
}
