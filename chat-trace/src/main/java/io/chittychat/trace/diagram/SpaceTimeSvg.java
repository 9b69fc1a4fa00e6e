package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime;

/**
 * Draws a conversation as a space-time diagram (Lamport 1978): processes side by side, time downwards. Each row is a Lamport
 * time, so the clock condition makes every arrow point down. An arrow that does not is red.
 */
public final class SpaceTimeSvg {

    private static final double MARGIN = 20;

    private SpaceTimeSvg() {}

    /** The diagram as one self-contained SVG document. The same conversation gives the same text. */
    public static String draw(SpaceTime spaceTime) {
        Drawing drawing = new Drawing(spaceTime);
        SvgWriter svg = new SvgWriter();
        NotePainter notes = new NotePainter(drawing, svg);
        LegendPainter legend = new LegendPainter(drawing, svg);
        FramePainter frame = new FramePainter(drawing, svg);
        IncidentPainter incidents = new IncidentPainter(drawing, svg);
        double width = Math.max(Math.max(notes.right(), incidents.right()) + MARGIN, 520);
        double legendTop = drawing.foot() + (spaceTime.window().isCut() ? Drawing.CUT : 0) + 40;
        double height = legendTop + legend.height(width) - 2;

        begin(svg, spaceTime, width, height);
        frame.paint();
        incidents.paint();
        new LifelinePainter(drawing, svg).paint();
        new ArrowPainter(drawing, svg).paint();
        new StepPainter(drawing, svg).paint();
        notes.paint();
        frame.paintCut(drawing.foot() + Drawing.CUT);
        legend.paint(legendTop, width);
        return svg.close().end();
    }

    private static void begin(SvgWriter svg, SpaceTime spaceTime, double width, double height) {
        svg.open(
                "svg",
                SvgWriter.attributes("xmlns", "http://www.w3.org/2000/svg", "class", "space-time"),
                SvgWriter.attributes(
                        "width",
                        width,
                        "height",
                        height,
                        "viewBox",
                        "0 0 " + SvgWriter.value(width) + " " + SvgWriter.value(height)),
                SvgWriter.attributes("font-family", StyleSheet.FONT, "role", "img"));
        svg.text("title", "Space-time diagram of a conversation");
        svg.text(
                "desc",
                "Lamport time runs downwards, from " + spaceTime.window().from() + " to "
                        + spaceTime.window().to() + "; " + spaceTime.lifelines().size() + " processes, "
                        + spaceTime.steps().size() + " steps, "
                        + spaceTime.messages().size() + " messages.");
        svg.text("style", StyleSheet.DARK);
        svg.empty(
                "rect",
                SvgWriter.attributes("class", "paper", "width", width, "height", height, "fill", Pen.PAPER.colour()));
    }
}
