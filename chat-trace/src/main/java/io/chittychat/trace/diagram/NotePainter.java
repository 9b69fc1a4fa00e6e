package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Step;

/** Paints the margin: events in order, and incidents of participants, each beside its row. */
final class NotePainter {

    private static final double SIZE = 11;
    private static final double ROOM = 330;

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;
    private final double timeWidth;

    NotePainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
        this.timeWidth = ColumnLayout.timeWidth(drawing.spaceTime) * SIZE / ColumnLayout.TIME_SIZE * 1.08;
    }

    void paint() {
        svg.open("g", SvgWriter.attributes("class", "notes"));
        shapes.label(new Label("events in order", SIZE, Pen.MUTED), left(), drawing.nameLine());
        for (RowLayout.Row row : drawing.rows.all()) {
            int line = 0;
            for (Step step : drawing.notes.at(row.time())) {
                note(step, row.y(line++) + 3.8);
            }
        }
        svg.close();
    }

    /** The right end of the notes. */
    double right() {
        return left()
                + Math.max(
                        TextWidth.of("events in order", SIZE),
                        12
                                + timeWidth
                                + drawing.rows.all().stream()
                                        .flatMap(row -> drawing.notes.at(row.time()).stream())
                                        .mapToDouble(step -> sentence(step).width())
                                        .max()
                                        .orElse(0));
    }

    private double left() {
        return drawing.columns.right() + 22;
    }

    private void note(Step step, double y) {
        svg.open("g", SvgWriter.attributes("class", "note", "data-step", step.id()));
        int event = drawing.colour(step);
        if (MarginNotes.isOfService(step)) {
            Pen pen = event < 0 ? Pen.MUTED : Pen.event(event);
            Label time = new Label(Long.toString(step.time()), SIZE, pen, "end", event >= 0);
            shapes.label(time, left() + timeWidth, y);
        }
        shapes.label(sentence(step), left() + timeWidth + 12, y);
        svg.close();
    }

    /** Messages stand out; other notes are muted. */
    private Label sentence(Step step) {
        String text = TextWidth.shortened(drawing.story.sentence(step), SIZE, ROOM);
        return new Label(text, SIZE, step.kind() == Step.Kind.PUBLISHED ? Pen.INK : Pen.MUTED);
    }
}
