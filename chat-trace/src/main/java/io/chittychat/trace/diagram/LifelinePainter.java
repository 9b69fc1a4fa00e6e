package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Lifeline.Attachment;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.Step;
import java.util.List;
import java.util.Optional;

/**
 * Paints a line for each process, from top to bottom. A stay in the chat is a bar on the line; the bar is a dashed outline while
 * the participant receives nothing, because its stream or its process is gone.
 */
final class LifelinePainter {

    private static final double HALF_BAR = 5;

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;

    LifelinePainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
    }

    void paint() {
        for (int number = 0; number < drawing.spaceTime.lifelines().size(); number++) {
            Lifeline lifeline = drawing.spaceTime.lifelines().get(number);
            svg.open(
                    "g",
                    SvgWriter.attributes("class", "lifeline " + Format.word(lifeline.role()), "data-lifeline", number));
            name(number, lifeline.role() == Role.SERVICE);
            line(number, lifeline.role() == Role.SERVICE);
            for (Presence stay : lifeline.presences()) {
                stay(number, stay);
            }
            nodeNames(number);
            svg.close();
        }
    }

    private void name(int number, boolean service) {
        double x = drawing.columns.x(number);
        double y = drawing.nameLine();
        Label name = new Label(drawing.columns.name(number), ColumnLayout.NAME_SIZE, Pen.INK).bold(true);
        if (drawing.columns.tilted()) {
            shapes.tilted(name, x + 4, y + 2);
            return;
        }
        if (service) {
            double half = Math.min(name.width(), drawing.columns.spacing()) / 2 + 5;
            shapes.frame(Pen.PAPER, Pen.INK, 1.4, Shapes.SOLID, 4, x - half, y - 15, 2 * half, 22);
        }
        shapes.label(name.anchored("middle"), x, y);
    }

    /** A line ends at a crash. */
    private void line(int number, boolean service) {
        double x = drawing.columns.x(number);
        double start = drawing.nameLine() + 8;
        double end = crash(number).map(drawing::y).orElse(drawing.foot());
        shapes.line(Pen.LINE, service ? 2 : 1, Shapes.SOLID, x, start, x, end);
        if (end < drawing.foot()) {
            shapes.line(Pen.LINE, 0.8, "2 5", x, end, x, drawing.foot());
        }
    }

    private Optional<Step> crash(int number) {
        List<Step> own = steps(number);
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(own.get(own.size() - 1)).filter(last -> last.kind() == Step.Kind.CRASH);
    }

    private void stay(int number, Presence stay) {
        boolean open = stay.ending() == Ending.OPEN || stay.ended() > drawing.rows.last();
        if (stay.joined() > drawing.rows.last() || (!open && stay.ended() < drawing.rows.first())) {
            return;
        }
        double top = stay.joined() < drawing.rows.first() ? drawing.nameLine() + 12 : drawing.rows.yOf(stay.joined());
        double bottom = open ? drawing.foot() : drawing.rows.yOf(stay.ended());
        double from = top;
        boolean hears = true;
        for (Step step : steps(number)) {
            double y = drawing.y(step);
            if (y < top || y > bottom) {
                continue;
            }
            boolean silent = step.kind() == Step.Kind.STREAM_END || step.kind() == Step.Kind.CRASH;
            boolean heard = step.kind() == Step.Kind.RECEIPT || step.kind() == Step.Kind.CAUGHT_UP;
            if (hears ? silent : heard) {
                bar(number, hears, from, y);
                from = y;
                hears = !hears;
            }
        }
        bar(number, hears, from, bottom);
        if (stay.joined() >= drawing.rows.first()) {
            end(number, Shapes.SOLID, top);
        }
        if (!open) {
            end(number, stay.ending() == Ending.LEFT ? Shapes.SOLID : "2 2", bottom);
        }
    }

    private void bar(int number, boolean hears, double top, double bottom) {
        double x = drawing.columns.x(number) - HALF_BAR;
        double height = Math.max(0, bottom - top);
        if (hears) {
            shapes.box(Pen.STAY, 0, x, top, 2 * HALF_BAR, height);
            nodes(number, top, bottom);
        } else {
            shapes.frame(Pen.PAPER, Pen.LINE, 0.9, Shapes.BROKEN, 0, x, top, 2 * HALF_BAR, height);
        }
    }

    /** Where the participant hears from a node, the bar has the node's colour. */
    private void nodes(int number, double top, double bottom) {
        List<Attachment> all = drawing.spaceTime.lifelines().get(number).attachments();
        for (int i = 0; i < all.size(); i++) {
            double from = Math.max(top, drawing.rows.yOf(all.get(i).time()));
            double to = i + 1 < all.size() ? drawing.rows.yOf(all.get(i + 1).time()) : bottom;
            if (all.get(i).time() <= drawing.rows.last() && from < Math.min(to, bottom)) {
                Pen pen = drawing.node(all.get(i).node());
                double x = drawing.columns.x(number) - HALF_BAR;
                shapes.box(pen, 0, x, from, 2 * HALF_BAR, Math.min(to, bottom) - from);
            }
        }
    }

    /** The name of a node stands where a participant begins to hear from it, unless it heard from it before. */
    private void nodeNames(int number) {
        String before = "";
        for (Attachment attachment : drawing.spaceTime.lifelines().get(number).attachments()) {
            boolean inPart = attachment.time() >= drawing.rows.first() && attachment.time() <= drawing.rows.last();
            if (inPart && !attachment.node().equals(before)) {
                nodeName(number, Story.shown(attachment.node()), drawing.rows.yOf(attachment.time()));
            }
            before = attachment.node();
        }
    }

    private void nodeName(int number, String node, double y) {
        int side = -drawing.columns.side(number); // the times are on the other one
        double x = drawing.columns.x(number) + side * (HALF_BAR + 3);
        String shown = TextWidth.shortened(node, ColumnLayout.TIME_SIZE, drawing.columns.spacing() / 2);
        Label name = new Label(shown, ColumnLayout.TIME_SIZE, Pen.INK).anchored(side < 0 ? "end" : "start");
        shapes.box(Pen.PAPER, 2, side < 0 ? x - name.width() - 1 : x - 1, y - 5.5, name.width() + 2, 11);
        shapes.label(name, x, y + 3.2);
    }

    private void end(int number, String dashes, double y) {
        double x = drawing.columns.x(number);
        shapes.line(Pen.LINE, 1.4, dashes, x - HALF_BAR, y, x + HALF_BAR, y);
    }

    private List<Step> steps(int number) {
        return drawing.spaceTime.steps().stream()
                .filter(step -> step.lifeline() == number)
                .toList();
    }
}
