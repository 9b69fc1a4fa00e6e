package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Step;

/** Steps on their lifelines: the service's with their Lamport times inside, the participants' with theirs beside them. */
final class StepPainter {

    private final Drawing drawing;
    private final Svg svg;
    private final Shapes shapes;
    private final Marks marks;

    StepPainter(Drawing drawing, Svg svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
        this.marks = new Marks(svg);
    }

    void paint() {
        svg.open("g", Svg.attributes("class", "steps"));
        drawing.spaceTime.steps().forEach(this::paint);
        svg.close();
    }

    private void paint(Step step) {
        boolean broken = drawing.rules.isBroken(step);
        Pen pen = broken ? Pen.WRONG : pen(step);
        double x = drawing.x(step);
        double y = drawing.y(step);
        svg.open(
                "g",
                Svg.attributes("class", "step " + Constants.word(step.kind()) + (broken ? " broken" : "")),
                Svg.attributes("id", "step-" + step.id(), "data-step", step.id()));
        svg.text("title", "Lamport time " + step.time() + ": " + drawing.story.sentence(step));
        if (Notes.isOfService(step)) {
            marks.service(step.kind(), Long.toString(step.time()), pen, x, y);
        } else {
            time(step, broken ? Pen.WRONG : Pen.INK, x, y);
            marks.participant(step.kind(), pen, x, y);
        }
        svg.close();
    }

    private Pen pen(Step step) {
        int event = drawing.colour(step);
        if (event >= 0) {
            return Pen.event(event);
        }
        return switch (step.kind()) {
            case ATTACHED, REPLY -> Pen.MUTED;
            default -> Pen.INK;
        };
    }

    /** What lies below the number is covered: arrows to others pass here. */
    private void time(Step step, Pen pen, double x, double y) {
        int side = drawing.columns.side(step.lifeline());
        Words time = new Words(Long.toString(step.time()), Columns.TIME_SIZE, pen)
                .anchored(side < 0 ? "end" : "start")
                .bold(pen.equals(Pen.WRONG));
        double start = x + side * Columns.TIME_OFFSET;
        shapes.box(Pen.PAPER, 2, side < 0 ? start - time.width() : start - 1, y - 5.5, time.width() + 1, 11);
        shapes.words(time, start, y + 3.2);
    }
}
