package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.Step;

/** Paints messages as arrows between marks: solid for a request, dashed for a reply, in the event's colour for a copy. */
final class ArrowPainter {

    private static final double LENGTH = 8;
    private static final double HALF_WIDTH = 3.2;
    /** Clearance around the mark of a participant's step. */
    private static final double MARK = 5;
    /** Spacing of columns below which arrows are thinner. */
    private static final double CROWDED = 70;

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;

    ArrowPainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
    }

    void paint() {
        svg.open("g", SvgWriter.attributes("class", "messages"));
        int number = 0;
        for (Message message : drawing.spaceTime.messages()) {
            paint(number++, message);
        }
        svg.close();
    }

    private void paint(int number, Message message) {
        Step from = drawing.step(message.from());
        Step to = drawing.step(message.to());
        double dx = drawing.x(to) - drawing.x(from);
        double dy = drawing.y(to) - drawing.y(from);
        double length = Math.max(0.01, Math.hypot(dx, dy));
        double start = clearance(from, dx / length, dy / length) / length;
        double end = 1 - (clearance(to, dx / length, dy / length) + 1) / length;
        boolean broken = drawing.rules.isBroken(message);
        svg.open(
                "g",
                SvgWriter.attributes("class", "message " + Format.word(message.kind()) + (broken ? " broken" : "")),
                SvgWriter.attributes("data-message", number, "data-from", from.id(), "data-to", to.id()));
        arrow(
                message.kind(),
                broken ? Pen.WRONG : pen(message.kind(), drawing.colour(from)),
                drawing.x(from) + dx * start,
                drawing.y(from) + dy * start,
                drawing.x(from) + dx * end,
                drawing.y(from) + dy * end);
        svg.close();
    }

    /** The length of the arrow inside the mark of a step, and just outside it. */
    private static double clearance(Step step, double ux, double uy) {
        if (!MarginNotes.isOfService(step)) {
            return MARK;
        }
        double across = Math.abs(ux) < 1e-9 ? Double.MAX_VALUE : Marks.halfPill(step) / Math.abs(ux);
        double down = Math.abs(uy) < 1e-9 ? Double.MAX_VALUE : Marks.HALF_PILL / Math.abs(uy);
        return Math.min(across, down) + 1;
    }

    /** The pen for a message; for a copy the pen of its event. */
    static Pen pen(Message.Kind kind, int event) {
        return switch (kind) {
            case REQUEST -> Pen.INK;
            case REPLY -> Pen.MUTED;
            case BROADCAST -> event < 0 ? Pen.MUTED : Pen.event(event);
        };
    }

    /** One arrow: x, y, x, y. */
    void arrow(Message.Kind kind, Pen pen, double... at) {
        double length = Math.max(0.01, Math.hypot(at[2] - at[0], at[3] - at[1]));
        double ux = (at[2] - at[0]) / length;
        double uy = (at[3] - at[1]) / length;
        double baseX = at[2] - ux * LENGTH;
        double baseY = at[3] - uy * LENGTH;
        double acrossX = -uy * HALF_WIDTH;
        double acrossY = ux * HALF_WIDTH;
        double[] head = {baseX + acrossX, baseY + acrossY, at[2], at[3], baseX - acrossX, baseY - acrossY};
        if (kind == Message.Kind.REPLY) {
            shapes.line(pen, 0.9, "4 3", at);
            shapes.path(pen, 1, head);
        } else {
            double width = pen.equals(Pen.WRONG) ? 2.2 : kind == Message.Kind.REQUEST ? 1.6 : 1.1;
            // Strong lines would hide the others where there are many.
            double strength = drawing.columns.spacing() < CROWDED ? 0.7 : 1;
            shapes.line(pen, strength * width, Shapes.SOLID, at[0], at[1], baseX, baseY);
            shapes.area(pen, head);
        }
    }
}
