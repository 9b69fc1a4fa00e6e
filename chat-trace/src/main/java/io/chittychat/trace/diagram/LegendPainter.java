package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Paints the legend of the signs in the picture, in as many lines as the width needs. */
final class LegendPainter {

    private static final double SIZE = 10;
    private static final double LINE = 21;
    private static final double SIGN = 36;
    private static final String RULE = "L is the Lamport time. Every possible cause of a step stands above it.";

    private record Entry(String words, Runnable sign) {}

    private final Drawing drawing;
    private final SvgWriter svg;
    private final Shapes shapes;
    private final Marks marks;
    private final ArrowPainter arrows;
    private final List<Entry> entries = new ArrayList<>();
    private double x;
    private double y;

    LegendPainter(Drawing drawing, SvgWriter svg) {
        this.drawing = drawing;
        this.svg = svg;
        this.shapes = new Shapes(svg);
        this.marks = new Marks(svg);
        this.arrows = new ArrowPainter(drawing, svg);
        collect();
    }

    /** The height for a width. */
    double height(double width) {
        return LINE * (2 + lines(width, (entry, left, line) -> {}));
    }

    void paint(double top, double width) {
        svg.open("g", SvgWriter.attributes("class", "legend"));
        shapes.line(Pen.FAINT, 1, Shapes.SOLID, 20, top - 16, width - 20, top - 16);
        int last = lines(width, (entry, left, line) -> {
            x = left;
            y = top + line * LINE;
            entry.sign().run();
            shapes.label(new Label(entry.words(), SIZE, Pen.MUTED), left + SIGN, y + 3.5);
        });
        shapes.label(new Label(RULE, SIZE, Pen.INK), 20, top + (last + 1) * LINE + 3.5);
        svg.close();
    }

    private interface Placing {
        void at(Entry entry, double left, int line);
    }

    private int lines(double width, Placing placing) {
        double left = 20;
        int line = 0;
        for (Entry entry : entries) {
            double needed = SIGN + TextWidth.of(entry.words(), SIZE) + 18;
            if (left > 20 && left + needed > width) {
                left = 20;
                line++;
            }
            placing.at(entry, left, line);
            left += needed;
        }
        return line;
    }

    private void collect() {
        var kinds = drawing.spaceTime.steps().stream().map(Step::kind).collect(Collectors.toSet());
        var messages = drawing.spaceTime.messages().stream().map(Message::kind).collect(Collectors.toSet());
        arrow(messages.contains(Message.Kind.REQUEST), "request", Message.Kind.REQUEST, Pen.INK);
        arrow(messages.contains(Message.Kind.REPLY), "reply", Message.Kind.REPLY, Pen.MUTED);
        arrow(messages.contains(Message.Kind.BROADCAST), "copy of an event", Message.Kind.BROADCAST, Pen.event(0));
        service(kinds.contains(Step.Kind.PUBLISHED), "message", Step.Kind.PUBLISHED, Pen.event(0));
        service(kinds.contains(Step.Kind.JOINED), "join", Step.Kind.JOINED, Pen.event(1));
        service(kinds.contains(Step.Kind.LEFT), "leave, or end of a session", Step.Kind.LEFT, Pen.event(2));
        service(kinds.contains(Step.Kind.ATTACHED), "begins to listen", Step.Kind.ATTACHED, Pen.MUTED);
        participant(kinds.contains(Step.Kind.REQUEST), "sends", Step.Kind.REQUEST, Pen.INK);
        participant(kinds.contains(Step.Kind.RECEIPT), "receives an event", Step.Kind.RECEIPT, Pen.event(0));
        participant(kinds.contains(Step.Kind.REPLY), "receives a reply", Step.Kind.REPLY, Pen.MUTED);
        participant(kinds.contains(Step.Kind.CAUGHT_UP), "has everything so far", Step.Kind.CAUGHT_UP, Pen.INK);
        participant(kinds.contains(Step.Kind.REFUSAL), "is refused", Step.Kind.REFUSAL, Pen.INK);
        participant(kinds.contains(Step.Kind.NO_ANSWER), "gets no reply", Step.Kind.NO_ANSWER, Pen.INK);
        participant(kinds.contains(Step.Kind.STREAM_END), "stream ends", Step.Kind.STREAM_END, Pen.INK);
        participant(kinds.contains(Step.Kind.CRASH), "crash", Step.Kind.CRASH, Pen.INK);
        boolean stays = drawing.nodes.isEmpty()
                && drawing.spaceTime.lifelines().stream()
                        .anyMatch(line -> !line.presences().isEmpty());
        add(stays, "in the chat", () -> shapes.box(Pen.STAY, 0, x + 10, y - 6, 10, 12));
        drawing.nodes.forEach(node -> add(
                true,
                "in the chat at " + Story.shown(node),
                () -> shapes.box(drawing.node(node), 0, x + 10, y - 6, 10, 12)));
        boolean silent = kinds.contains(Step.Kind.STREAM_END) || kinds.contains(Step.Kind.CRASH);
        add(
                (stays || !drawing.nodes.isEmpty()) && silent,
                "in the chat, hears nothing",
                () -> shapes.frame(Pen.PAPER, Pen.LINE, 0.9, Shapes.BROKEN, 0, x + 10, y - 6, 10, 12));
        boolean wrong = drawing.spaceTime.steps().stream().anyMatch(drawing.rules::isBroken);
        add(
                wrong,
                "breaks the rule: not later than its cause",
                () -> arrows.arrow(Message.Kind.REQUEST, Pen.WRONG, x, y + 5, x + 28, y - 5));
    }

    private void add(boolean there, String words, Runnable sign) {
        if (there) {
            entries.add(new Entry(words, sign));
        }
    }

    private void arrow(boolean there, String words, Message.Kind kind, Pen pen) {
        add(there, words, () -> arrows.arrow(kind, pen, x, y - 4, x + 28, y + 4));
    }

    private void service(boolean there, String words, Step.Kind kind, Pen pen) {
        add(there, words, () -> marks.service(kind, "L", pen, x + 15, y));
    }

    private void participant(boolean there, String words, Step.Kind kind, Pen pen) {
        add(there, words, () -> marks.participant(kind, pen, x + 20, y));
    }
}
