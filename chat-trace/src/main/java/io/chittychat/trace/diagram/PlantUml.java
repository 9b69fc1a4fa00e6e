package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A conversation as a sequence diagram in the language of PlantUML. Every message has the Lamport times of its two ends:
 * {@code [12 -> 14]}. Arrows stand in the order of receipt.
 */
public final class PlantUml {

    private final SpaceTime spaceTime;
    private final Story story;
    private final ClockCondition rules;
    private final Map<Integer, List<Message>> arrivals;
    private int incident; // the next one
    private final StringBuilder lines = new StringBuilder();

    private PlantUml(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        story = new Story(spaceTime);
        rules = new ClockCondition(spaceTime);
        arrivals = spaceTime.messages().stream().collect(Collectors.groupingBy(Message::to));
    }

    /** The text between {@code @startuml} and {@code @enduml}, both included. */
    public static String of(SpaceTime spaceTime) {
        return new PlantUml(spaceTime).write();
    }

    private String write() {
        line("@startuml");
        line("hide footbox");
        for (int number : new ColumnLayout(spaceTime, story).order()) {
            boolean service = spaceTime.lifelines().get(number).role() == Role.SERVICE;
            line((service ? "control" : "participant") + " \"" + escaped(story.name(number)) + "\" as p" + number);
        }
        cut(spaceTime.window().from() > spaceTime.window().first(), "earlier times are not shown");
        spaceTime.steps().forEach(this::step);
        incidentsBefore(Long.MAX_VALUE);
        cut(spaceTime.window().to() < spaceTime.window().last(), "later times are not shown");
        line("@enduml");
        return lines.toString();
    }

    private void cut(boolean cut, String what) {
        if (cut) {
            line("... Lamport times %d to %d: %s ..."
                    .formatted(spaceTime.window().from(), spaceTime.window().to(), what));
        }
    }

    /** Writes the incidents between the last step of the service and a time. */
    private void incidentsBefore(long time) {
        for (;
                incident < spaceTime.incidents().size()
                        && spaceTime.incidents().get(incident).after() < time;
                incident++) {
            String what = spaceTime.incidents().get(incident).incident().what();
            line("== " + escaped(Story.shown(what)) + " ==");
        }
    }

    private void step(Step step) {
        if (spaceTime.lifelines().get(step.lifeline()).role() == Role.SERVICE) {
            incidentsBefore(step.time());
        }
        List<Message> incoming = arrivals.getOrDefault(step.id(), List.of());
        incoming.forEach(message -> arrow(message, step));
        String process = "p" + step.lifeline();
        switch (step.kind()) {
            case JOINED, PUBLISHED, LEFT -> line("hnote over " + process + ": L " + step.time() + " " + sentence(step));
            case CRASH -> {
                line("note over " + process + ": L " + step.time() + " " + sentence(step));
                line("destroy " + process);
            }
            case REFUSAL, NO_ANSWER, STREAM_END ->
                line("note over " + process + ": L " + step.time() + " " + sentence(step));
            case RECEIPT -> {
                if (incoming.isEmpty()) {
                    line("note over " + process + ": L " + step.time() + " " + sentence(step));
                }
            }
            case REQUEST, REPLY, CAUGHT_UP, ATTACHED -> {}
        }
    }

    private void arrow(Message message, Step to) {
        Step from = spaceTime.steps().get(message.from());
        String form =
                switch (message.kind()) {
                    case REQUEST -> "->";
                    case REPLY -> "-->>";
                    case BROADCAST -> "->>";
                };
        String broken = rules.isBroken(message) ? form.replaceFirst("-", "-[#red]") : form;
        String what = message.kind() == Message.Kind.BROADCAST
                ? ""
                : " " + escaped(Story.shown(to.rpc().isEmpty() ? from.rpc() : to.rpc()));
        line("p%d %s p%d : [%d -&#62; %d]%s"
                .formatted(from.lifeline(), broken, to.lifeline(), from.time(), to.time(), what));
    }

    private String sentence(Step step) {
        return escaped(story.sentence(step));
    }

    /** All characters that could be a command, a macro or mark-up become character references; letters and digits stay. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            if (Character.isLetterOrDigit(codePoint) || " .,?:()".indexOf(codePoint) >= 0) {
                escaped.appendCodePoint(codePoint);
            } else {
                escaped.append(String.format(Locale.ROOT, "&#%d;", codePoint));
            }
        });
        return escaped.toString();
    }

    private void line(String line) {
        lines.append(line).append('\n');
    }
}
