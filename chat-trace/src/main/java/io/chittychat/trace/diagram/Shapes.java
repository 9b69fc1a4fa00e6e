package io.chittychat.trace.diagram;

import java.util.StringJoiner;

/** The few shapes that the picture is made of. */
final class Shapes {

    /** An unbroken line. */
    static final String SOLID = "none";
    /** What has no end, or is not there. */
    static final String BROKEN = "3 3";

    private final Svg svg;

    Shapes(Svg svg) {
        this.svg = svg;
    }

    /** A line from a point to a point: x, y, x, y. */
    void line(Pen pen, double width, String dashes, double... at) {
        svg.empty(
                "line",
                Svg.attributes("class", pen.line(), "x1", at[0], "y1", at[1], "x2", at[2], "y2", at[3]),
                Svg.attributes("stroke", pen.colour(), "stroke-width", width, "stroke-dasharray", dashes));
    }

    /** Lines through points: x, y, x, y, and so on. */
    void path(Pen pen, double width, double... points) {
        svg.empty(
                "polyline",
                Svg.attributes("class", pen.line(), "points", points(points)),
                Svg.attributes("fill", "none", "stroke", pen.colour(), "stroke-width", width));
    }

    /** A full shape without an outline. */
    void area(Pen pen, double... points) {
        svg.empty("polygon", Svg.attributes("class", pen.name(), "points", points(points), "fill", pen.colour()));
    }

    /** A shape with an outline. */
    void outline(Pen pen, double width, double... points) {
        svg.empty(
                "polygon",
                Svg.attributes("class", Pen.PAPER.name() + " " + pen.line(), "points", points(points)),
                Svg.attributes("fill", Pen.PAPER.colour(), "stroke", pen.colour(), "stroke-width", width));
    }

    /** A full circle, or an empty one. */
    void circle(Pen pen, boolean full, double x, double y, double radius) {
        Pen inside = full ? pen : Pen.PAPER;
        svg.empty(
                "circle",
                Svg.attributes("class", inside.name() + " " + pen.line(), "cx", x, "cy", y, "r", radius),
                Svg.attributes("fill", inside.colour(), "stroke", pen.colour(), "stroke-width", 1.2));
    }

    /** A full rectangle without an outline: x, y, width, height. */
    void box(Pen pen, double round, double... at) {
        svg.empty(
                "rect",
                Svg.attributes("class", pen.name(), "x", at[0], "y", at[1], "width", at[2], "height", at[3]),
                Svg.attributes("rx", round, "fill", pen.colour()));
    }

    /** A rectangle with an outline: x, y, width, height. */
    void frame(Pen inside, Pen pen, double width, String dashes, double round, double... at) {
        svg.empty(
                "rect",
                Svg.attributes("class", inside.name() + " " + pen.line(), "x", at[0], "y", at[1], "width", at[2]),
                Svg.attributes("height", at[3], "rx", round, "fill", inside.colour(), "stroke", pen.colour()),
                Svg.attributes("stroke-width", width, "stroke-dasharray", dashes));
    }

    /** Words that begin, end or have their middle at a point of their base line. */
    void words(Words words, double x, double y) {
        svg.text("text", words.text(), words.attributes(x, y));
    }

    /** Words at an angle: they rise to the right. */
    void tilted(Words words, double x, double y) {
        String turn = "translate(" + Svg.value(x) + " " + Svg.value(y) + ") rotate(-45)";
        svg.text("text", words.text(), words.attributes(0, 0), Svg.attributes("transform", turn));
    }

    private static String points(double... points) {
        StringJoiner joined = new StringJoiner(" ");
        for (int i = 0; i + 1 < points.length; i += 2) {
            joined.add(Svg.value(points[i]) + "," + Svg.value(points[i + 1]));
        }
        return joined.toString();
    }
}
