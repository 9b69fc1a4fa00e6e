package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime;

/**
 * Draws a conversation as a space-time diagram (Lamport 1978): processes side by side, time downwards. The row is the
 * Lamport time itself, so the arrow of every message points down: that is the clock condition, made visible. An arrow that
 * does not is red.
 */
public final class SpaceTimeSvg {

    private static final double MARGIN = 20;

    private SpaceTimeSvg() {}

    /** The diagram as one SVG document that needs nothing else. The same conversation gives the same text. */
    public static String draw(SpaceTime spaceTime) {
        Drawing drawing = new Drawing(spaceTime);
        Svg svg = new Svg();
        NotePainter notes = new NotePainter(drawing, svg);
        LegendPainter legend = new LegendPainter(drawing, svg);
        FramePainter frame = new FramePainter(drawing, svg);
        double width = Math.max(notes.right() + MARGIN, 520);
        double legendTop = drawing.foot() + (spaceTime.window().isCut() ? Drawing.CUT : 0) + 40;
        double height = legendTop + legend.height(width) - 2;

        begin(svg, spaceTime, width, height);
        frame.paint();
        new LifelinePainter(drawing, svg).paint();
        new ArrowPainter(drawing, svg).paint();
        new StepPainter(drawing, svg).paint();
        notes.paint();
        frame.paintCut(drawing.foot() + Drawing.CUT);
        legend.paint(legendTop, width);
        return svg.close().end();
    }

    private static void begin(Svg svg, SpaceTime spaceTime, double width, double height) {
        svg.open(
                "svg",
                Svg.attributes("xmlns", "http://www.w3.org/2000/svg", "class", "space-time"),
                Svg.attributes(
                        "width",
                        width,
                        "height",
                        height,
                        "viewBox",
                        "0 0 " + Svg.value(width) + " " + Svg.value(height)),
                Svg.attributes("font-family", Look.FONT, "role", "img"));
        svg.text("title", "Space-time diagram of a conversation");
        svg.text(
                "desc",
                "Lamport time runs downwards, from " + spaceTime.window().from() + " to "
                        + spaceTime.window().to() + "; " + spaceTime.lifelines().size() + " processes, "
                        + spaceTime.steps().size() + " steps, "
                        + spaceTime.messages().size() + " messages.");
        svg.text("style", Look.DARK);
        svg.empty(
                "rect", Svg.attributes("class", "paper", "width", width, "height", height, "fill", Pen.PAPER.colour()));
    }
}
