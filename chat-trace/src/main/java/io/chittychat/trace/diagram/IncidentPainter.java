package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Incident;
import java.util.List;

/** Paints what happened to processes of the service: a broken line across all lifelines, and a note in the margin. */
final class IncidentPainter {

    private static final double SIZE = 11;
    private static final double ROOM = 330;
    private static final double UP = 4; // nearer to the row above, which was before

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;

    IncidentPainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
    }

    void paint() {
        List<Double> places = drawing.rows.incidents();
        for (int number = 0; number < places.size(); number++) {
            double y = places.get(number) - UP;
            svg.open("g", SvgWriter.attributes("class", "incident", "data-incident", number));
            shapes.line(Pen.INK, 1.2, "7 4", drawing.columns.axis() + 5, y, left() - 6, y);
            shapes.label(label(drawing.spaceTime.incidents().get(number)), left(), y + 3.8);
            svg.close();
        }
    }

    /** The right end of the notes; 0 if there is none. */
    double right() {
        return drawing.spaceTime.incidents().stream()
                .mapToDouble(incident -> left() + label(incident).width())
                .max()
                .orElse(0);
    }

    private double left() {
        return drawing.columns.right() + 22;
    }

    private static Label label(Incident.Placed placed) {
        String what = TextWidth.shortened(Story.shown(placed.incident().what()), SIZE, ROOM);
        return new Label(what, SIZE, Pen.INK).bold(true);
    }
}
