package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Step;

/** Paints steps on their lifelines: the service's with the Lamport time inside, the participants' with the time beside. */
final class StepPainter {

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;
    private final Marks marks;

    StepPainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
        this.marks = new Marks(svg);
    }

    void paint() {
        svg.open("g", SvgWriter.attributes("class", "steps"));
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
                SvgWriter.attributes("class", "step " + Format.word(step.kind()) + (broken ? " broken" : "")),
                SvgWriter.attributes("id", "step-" + step.id(), "data-step", step.id()));
        svg.text("title", "Lamport time " + step.time() + ": " + drawing.story.sentence(step));
        if (MarginNotes.isOfService(step)) {
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

    /** The number covers arrows to other processes. */
    private void time(Step step, Pen pen, double x, double y) {
        int side = drawing.columns.side(step.lifeline());
        Label time = new Label(Long.toString(step.time()), ColumnLayout.TIME_SIZE, pen)
                .anchored(side < 0 ? "end" : "start")
                .bold(pen.equals(Pen.WRONG));
        double start = x + side * ColumnLayout.TIME_OFFSET;
        shapes.box(Pen.PAPER, 2, side < 0 ? start - time.width() : start - 1, y - 5.5, time.width() + 1, 11);
        shapes.label(time, start, y + 3.2);
    }
}
