package io.chittychat.trace.diagram;

import java.util.StringJoiner;

/** The few shapes of the picture. */
final class Shapes {

    /** An unbroken line. */
    static final String SOLID = "none";
    /** A broken line: a stay without an end, or a participant that hears nothing. */
    static final String BROKEN = "3 3";

    private final SvgWriter svg;

    Shapes(SvgWriter svg) {
        this.svg = svg;
    }

    /** A line from a point to a point: x, y, x, y. */
    void line(Pen pen, double width, String dashes, double... at) {
        svg.empty(
                "line",
                SvgWriter.attributes("class", pen.line(), "x1", at[0], "y1", at[1], "x2", at[2], "y2", at[3]),
                SvgWriter.attributes("stroke", pen.colour(), "stroke-width", width, "stroke-dasharray", dashes));
    }

    /** Lines through points: x, y, x, y, and so on. */
    void path(Pen pen, double width, double... points) {
        svg.empty(
                "polyline",
                SvgWriter.attributes("class", pen.line(), "points", points(points)),
                SvgWriter.attributes("fill", "none", "stroke", pen.colour(), "stroke-width", width));
    }

    /** A full shape without an outline. */
    void area(Pen pen, double... points) {
        svg.empty("polygon", SvgWriter.attributes("class", pen.name(), "points", points(points), "fill", pen.colour()));
    }

    /** A shape with an outline. */
    void outline(Pen pen, double width, double... points) {
        svg.empty(
                "polygon",
                SvgWriter.attributes("class", Pen.PAPER.name() + " " + pen.line(), "points", points(points)),
                SvgWriter.attributes("fill", Pen.PAPER.colour(), "stroke", pen.colour(), "stroke-width", width));
    }

    /** A full circle, or an empty one. */
    void circle(Pen pen, boolean full, double x, double y, double radius) {
        Pen inside = full ? pen : Pen.PAPER;
        svg.empty(
                "circle",
                SvgWriter.attributes("class", inside.name() + " " + pen.line(), "cx", x, "cy", y, "r", radius),
                SvgWriter.attributes("fill", inside.colour(), "stroke", pen.colour(), "stroke-width", 1.2));
    }

    /** A full rectangle without an outline: x, y, width, height. */
    void box(Pen pen, double round, double... at) {
        svg.empty(
                "rect",
                SvgWriter.attributes("class", pen.name(), "x", at[0], "y", at[1], "width", at[2], "height", at[3]),
                SvgWriter.attributes("rx", round, "fill", pen.colour()));
    }

    /** A rectangle with an outline: x, y, width, height. */
    void frame(Pen inside, Pen pen, double width, String dashes, double round, double... at) {
        svg.empty(
                "rect",
                SvgWriter.attributes("class", inside.name() + " " + pen.line(), "x", at[0], "y", at[1], "width", at[2]),
                SvgWriter.attributes("height", at[3], "rx", round, "fill", inside.colour(), "stroke", pen.colour()),
                SvgWriter.attributes("stroke-width", width, "stroke-dasharray", dashes));
    }

    /** A label that begins, ends or has its middle at a point of its base line. */
    void label(Label label, double x, double y) {
        svg.text("text", label.text(), label.attributes(x, y));
    }

    /** A label at an angle: it rises to the right. */
    void tilted(Label label, double x, double y) {
        String turn = "translate(" + SvgWriter.value(x) + " " + SvgWriter.value(y) + ") rotate(-45)";
        svg.text("text", label.text(), label.attributes(0, 0), SvgWriter.attributes("transform", turn));
    }

    private static String points(double... points) {
        StringJoiner joined = new StringJoiner(" ");
        for (int i = 0; i + 1 < points.length; i += 2) {
            joined.add(SvgWriter.value(points[i]) + "," + SvgWriter.value(points[i + 1]));
        }
        return joined.toString();
    }
}
