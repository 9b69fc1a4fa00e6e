package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A conversation as the source of a sequence diagram. Every message has the Lamport times of its two ends. Arrows stand in the
 * order of receipt.
 */
final class SequenceScript {

    private final SpaceTime spaceTime;
    private final SequenceSyntax syntax;
    private final Story story;
    private final ClockCondition rules;
    private final Map<Integer, List<Message>> arrivals;
    private int incident; // the next one
    private final StringBuilder lines = new StringBuilder();

    private SequenceScript(SpaceTime spaceTime, SequenceSyntax syntax) {
        this.spaceTime = spaceTime;
        this.syntax = syntax;
        story = new Story(spaceTime);
        rules = new ClockCondition(spaceTime);
        arrivals = spaceTime.messages().stream().collect(Collectors.groupingBy(Message::to));
    }

    /** The source of the diagram. */
    static String of(SpaceTime spaceTime, SequenceSyntax syntax) {
        return new SequenceScript(spaceTime, syntax).write();
    }

    private String write() {
        SpaceTime.Window window = spaceTime.window();
        line(syntax.begin("Lamport times %d to %d".formatted(window.from(), window.to())));
        for (int number : new ColumnLayout(spaceTime, story).order()) {
            boolean service = spaceTime.lifelines().get(number).role() == Role.SERVICE;
            line(syntax.participant(number, syntax.escaped(story.name(number)), service));
        }
        cut(window.from() > window.first(), "earlier times are not shown");
        spaceTime.steps().forEach(this::step);
        incidentsBefore(Long.MAX_VALUE);
        cut(window.to() < window.last(), "later times are not shown");
        line(syntax.end());
        return lines.toString();
    }

    private void cut(boolean cut, String what) {
        if (cut) {
            remark("Lamport times %d to %d: %s"
                    .formatted(spaceTime.window().from(), spaceTime.window().to(), what));
        }
    }

    private void remark(String text) {
        line(syntax.remark(syntax.escaped(text), spaceTime.lifelines().size()));
    }

    /** Writes the incidents between the last step of the service and a time. */
    private void incidentsBefore(long time) {
        for (;
                incident < spaceTime.incidents().size()
                        && spaceTime.incidents().get(incident).after() < time;
                incident++) {
            remark(Story.shown(spaceTime.incidents().get(incident).incident().what()));
        }
    }

    private void step(Step step) {
        if (spaceTime.lifelines().get(step.lifeline()).role() == Role.SERVICE) {
            incidentsBefore(step.time());
        }
        List<Message> incoming = arrivals.getOrDefault(step.id(), List.of());
        incoming.forEach(message -> arrow(message, step));
        String text = syntax.escaped("L " + step.time() + " " + story.sentence(step));
        switch (step.kind()) {
            case JOINED, PUBLISHED, LEFT -> line(syntax.event(step.lifeline(), text));
            case CRASH -> line(syntax.crash(step.lifeline(), text));
            case REFUSAL, NO_ANSWER, STREAM_END -> line(syntax.note(step.lifeline(), text));
            case RECEIPT -> {
                if (incoming.isEmpty()) {
                    line(syntax.note(step.lifeline(), text));
                }
            }
            case REQUEST, REPLY, CAUGHT_UP, ATTACHED -> {}
        }
    }

    private void arrow(Message message, Step to) {
        Step from = spaceTime.steps().get(message.from());
        String what = message.kind() == Message.Kind.BROADCAST
                ? ""
                : " " + syntax.escaped(Story.shown(to.rpc().isEmpty() ? from.rpc() : to.rpc()));
        String label = "[%d %s %d]%s".formatted(from.time(), syntax.to(), to.time(), what);
        line(syntax.arrow(from.lifeline(), to.lifeline(), message.kind(), rules.isBroken(message), label));
    }

    private void line(String line) {
        if (!line.isEmpty()) {
            lines.append(line).append('\n');
        }
    }
}
