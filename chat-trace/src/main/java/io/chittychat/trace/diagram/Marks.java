package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Step;

/** Paints the marks of steps; the form shows the kind. */
final class Marks {

    /** Half the height of a mark of the service. */
    static final double HALF_PILL = 8;

    private static final double NUMBER_SIZE = 10;

    private final Shapes shapes;

    Marks(SvgWriter svg) {
        shapes = new Shapes(svg);
    }

    /** Half the width of a mark of the service, which contains its time. */
    static double halfPill(Step step) {
        return halfPill(Long.toString(step.time()));
    }

    private static double halfPill(String time) {
        return Math.max(12, TextWidth.of(time, NUMBER_SIZE) * 1.08 / 2 + 5);
    }

    /** A step of the service: a message is filled, a join outlined, a leave dashed; other steps have corners. */
    void service(Step.Kind kind, String time, Pen pen, double x, double y) {
        double half = halfPill(time);
        boolean full = kind == Step.Kind.PUBLISHED;
        boolean event = kind != Step.Kind.ATTACHED;
        shapes.frame(
                full ? pen : Pen.PAPER,
                pen,
                event ? 1.8 : 0.8,
                kind == Step.Kind.LEFT ? "3 2" : Shapes.SOLID,
                event ? HALF_PILL : 2,
                x - half,
                y - HALF_PILL,
                2 * half,
                2 * HALF_PILL);
        Pen number = full ? new Pen("on-ink", Pen.PAPER.colour()) : pen;
        shapes.label(new Label(time, NUMBER_SIZE, number, "middle", event), x, y + 3.6);
    }

    /** A step of a participant. */
    void participant(Step.Kind kind, Pen pen, double x, double y) {
        switch (kind) {
            case REPLY -> shapes.circle(pen, false, x, y, 3);
            case CAUGHT_UP -> shapes.outline(pen, 1.2, x - 4, y - 3, x + 4, y - 3, x, y + 4);
            case REFUSAL -> {
                shapes.circle(pen, false, x, y, 4.8);
                cross(pen, 1.4, x, y, 2.4);
            }
            case NO_ANSWER -> cross(pen, 1.8, x, y, 4);
            case STREAM_END -> shapes.line(pen, 2.4, Shapes.SOLID, x - 6, y, x + 6, y);
            case CRASH -> {
                shapes.box(Pen.PAPER, 7, x - 7, y - 7, 14, 14);
                cross(pen, 2.8, x, y, 5.5);
            }
            default -> shapes.circle(pen, true, x, y, 3.8);
        }
    }

    private void cross(Pen pen, double width, double x, double y, double half) {
        shapes.line(pen, width, Shapes.SOLID, x - half, y - half, x + half, y + half);
        shapes.line(pen, width, Shapes.SOLID, x - half, y + half, x + half, y - half);
    }
}
