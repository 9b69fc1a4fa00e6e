package io.chittychat.trace.diagram;

import io.chittychat.text.SafeText;
import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Lifeline.Ending;
import io.chittychat.trace.spacetime.Lifeline.Presence;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes each step in words that are safe to show. */
final class Story {

    private static final String UNKNOWN = "unknown participant";

    private final SpaceTime spaceTime;
    private final Map<Integer, Message> arrivals = new HashMap<>();
    private final List<String> sentences = new ArrayList<>();

    Story(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        spaceTime.messages().forEach(message -> arrivals.putIfAbsent(message.to(), message));
        spaceTime.steps().forEach(step -> sentences.add(tell(step)));
    }

    /** One line about the step, not shortened. */
    String sentence(Step step) {
        return sentences.get(step.id());
    }

    /** The name of a lifeline. */
    String name(int lifeline) {
        return shown(spaceTime.lifelines().get(lifeline).name());
    }

    /** Foreign text without characters that move other text or that XML does not allow. */
    static String shown(String text) {
        return SafeText.of(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff");
    }

    private String tell(Step step) {
        String who = step.kind().ordinal() < Step.Kind.JOINED.ordinal() ? name(step.lifeline()) : subject(step);
        String text = shown(step.text());
        return switch (step.kind()) {
            case REQUEST -> who + " sends " + rpc(step) + said(text);
            case REPLY -> who + " receives the reply to " + rpc(step);
            case REFUSAL -> who + " is refused " + rpc(step) + said(text);
            case NO_ANSWER -> who + " gets no reply to " + rpc(step) + said(text);
            case RECEIPT -> who + " receives: " + received(step, text);
            case CAUGHT_UP -> who + " has everything so far";
            case STREAM_END -> who + ": the stream ends" + said(text);
            case CRASH -> who + ": the log ends without a leave";
            case JOINED -> who + " joined";
            case PUBLISHED -> who.equals(UNKNOWN) ? text : who + ": " + text;
            case LEFT -> who + " left" + (expired(step) ? " (session expired)" : "");
            case ATTACHED -> who + " listens" + at(step, who);
        };
    }

    /** The node of an accepted Broadcast, if there are several. */
    private String at(Step step, String who) {
        return spaceTime.lifelines().stream()
                .filter(lifeline -> shown(lifeline.name()).equals(who))
                .flatMap(lifeline -> lifeline.attachments().stream())
                .filter(attachment -> attachment.time() == step.time())
                .findFirst()
                .map(attachment -> " at " + shown(attachment.node()))
                .orElse("");
    }

    private static String rpc(Step step) {
        return step.rpc().isEmpty() ? "a request" : shown(step.rpc());
    }

    private static String said(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    /** The sender comes before the receiver, so its sentence exists if the order is right. */
    private String received(Step step, String text) {
        Message copy = arrivals.get(step.id());
        return copy == null || copy.from() >= sentences.size() ? text : sentences.get(copy.from());
    }

    private String subject(Step step) {
        if (!step.origin().author().isEmpty()) {
            return shown(step.origin().author());
        }
        Message request = arrivals.get(step.id());
        if (request != null) {
            return name(spaceTime.steps().get(request.from()).lifeline());
        }
        return stay(step)
                .map(stay -> shown(stay.who().name()))
                .orElseGet(() ->
                        step.text().isEmpty() || step.kind() == Step.Kind.PUBLISHED ? UNKNOWN : shownSubject(step));
    }

    /** The sentence of a join or a leave names its participant. */
    private static String shownSubject(Step step) {
        String text = shown(step.text());
        int end = Math.max(text.lastIndexOf(" joined "), text.lastIndexOf(" left "));
        return text.startsWith("Participant ") && end > 12 ? text.substring(12, end) : UNKNOWN;
    }

    private boolean expired(Step step) {
        return arrivals.get(step.id()) == null
                && stay(step)
                        .map(stay -> stay.presence().ending() != Ending.LEFT)
                        .orElse(false);
    }

    private record Visit(Lifeline who, Presence presence) {}

    private Optional<Visit> stay(Step step) {
        return spaceTime.lifelines().stream()
                .flatMap(who -> who.presences().stream().map(presence -> new Visit(who, presence)))
                .filter(stay -> step.kind() == Step.Kind.JOINED
                        ? stay.presence().joined() == step.time()
                        : step.kind() == Step.Kind.LEFT && stay.presence().ended() == step.time())
                .findFirst();
    }
}
