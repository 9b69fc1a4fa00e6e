package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Step;

/** The margin: what the service put in order, and what went wrong at a participant's, each beside its row. */
final class NotePainter {

    private static final double SIZE = 11;
    private static final double ROOM = 330;

    private final Drawing drawing;
    private final Svg svg;
    private final Shapes shapes;
    private final double timeWidth;

    NotePainter(Drawing drawing, Svg svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
        this.timeWidth = Columns.timeWidth(drawing.spaceTime) * SIZE / Columns.TIME_SIZE * 1.08;
    }

    void paint() {
        svg.open("g", Svg.attributes("class", "notes"));
        shapes.words(new Words("events in order", SIZE, Pen.MUTED), left(), drawing.nameLine());
        for (Rows.Row row : drawing.rows.all()) {
            int line = 0;
            for (Step step : drawing.notes.at(row.time())) {
                note(step, row.y(line++) + 3.8);
            }
        }
        svg.close();
    }

    /** Where the notes end on the right. */
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
        svg.open("g", Svg.attributes("class", "note", "data-step", step.id()));
        int event = drawing.colour(step);
        if (Notes.isOfService(step)) {
            Pen pen = event < 0 ? Pen.MUTED : Pen.event(event);
            Words time = new Words(Long.toString(step.time()), SIZE, pen, "end", event >= 0);
            shapes.words(time, left() + timeWidth, y);
        }
        shapes.words(sentence(step), left() + timeWidth + 12, y);
        svg.close();
    }

    /** What was said stands out; the rest is said more softly. */
    private Words sentence(Step step) {
        String text = TextWidth.shortened(drawing.story.sentence(step), SIZE, ROOM);
        return new Words(text, SIZE, step.kind() == Step.Kind.PUBLISHED ? Pen.INK : Pen.MUTED);
    }
}
