package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.ConcurrentMessages;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.Violation;
import io.chittychat.trace.log.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A part of a conversation as a space-time diagram shows it: processes, steps, and messages between steps. Immutable.
 *
 * <p>The {@link #steps()} have a possible order: the steps of a lifeline are in order, and a message is sent before it is
 * received. Logs that break the rules are shown as they are, so times may be wrong.
 *
 * @param lifelines the service, if any of its steps is known, and the participants in the order of their first joins
 * @param steps the steps; a step's id is its index in this list
 * @param messages the messages between steps
 * @param window the part of the conversation
 * @param incidents what happened to processes of the service in this part, in order
 * @param faults what a check of the logs has found, in the order of their lines; empty if none has looked
 */
public record SpaceTime(
        List<Lifeline> lifelines,
        List<Step> steps,
        List<Message> messages,
        Window window,
        List<Incident.Placed> incidents,
        Optional<List<Fault>> faults) {

    public SpaceTime {
        faults = faults.map(List::copyOf);
        incidents = List.copyOf(incidents);
        lifelines = List.copyOf(lifelines);
        steps = List.copyOf(steps);
        messages = List.copyOf(messages);
        for (int id = 0; id < steps.size(); id++) {
            if (steps.get(id).id() != id) {
                throw new IllegalArgumentException("step " + steps.get(id).id() + " is in place " + id);
            }
        }
    }

    /** A part that was not checked. */
    public SpaceTime(
            List<Lifeline> lifelines,
            List<Step> steps,
            List<Message> messages,
            Window window,
            List<Incident.Placed> incidents) {
        this(lifelines, steps, messages, window, incidents, Optional.empty());
    }

    /** A part without incidents that was not checked. */
    public SpaceTime(List<Lifeline> lifelines, List<Step> steps, List<Message> messages, Window window) {
        this(lifelines, steps, messages, window, List.of());
    }

    /** The messages of this part that are concurrent. */
    public ConcurrentMessages.Found concurrent() {
        ConcurrentMessages found = new ConcurrentMessages();
        Map<Integer, Integer> copyOf = new HashMap<>();
        messages.stream()
                .filter(message -> message.kind() == Message.Kind.BROADCAST)
                .forEach(copy -> copyOf.put(copy.to(), copy.from()));
        for (Step step : steps) {
            String name = lifelines.get(step.lifeline()).name();
            Integer event = copyOf.get(step.id());
            if (step.kind() == Step.Kind.REQUEST && step.rpc().startsWith("Publish")) {
                found.sent(name, step.time());
            } else if (step.kind() == Step.Kind.RECEIPT && event != null) {
                found.received(name, steps.get(event).time());
            } else if (step.kind() == Step.Kind.PUBLISHED) {
                found.published(
                        step.time(), step.origin().author(), step.origin().sent());
            }
        }
        return found.found();
    }

    /** The same part with what a check of the logs has found, each violation at the step of its line. */
    public SpaceTime judged(List<RequirementVerdict> verdicts) {
        Map<Place, Integer> byLine = new HashMap<>();
        steps.forEach(step -> step.source().ifPresent(place -> byLine.putIfAbsent(normal(place), step.id())));
        List<Fault> found = verdicts.stream()
                .flatMap(verdict -> verdict.violations().stream()
                        .map(violation -> fault(verdict.requirement().label(), violation, byLine)))
                .toList();
        return new SpaceTime(lifelines, steps, messages, window, incidents, Optional.of(found));
    }

    private static Fault fault(String requirement, Violation violation, Map<Place, Integer> byLine) {
        Path name = violation.file().getFileName();
        String line = violation.line() == 0 ? "" : ":" + violation.line();
        Integer step = byLine.get(normal(new Place(violation.file(), violation.line())));
        return new Fault(
                requirement + ", " + name + line + ": " + violation.what(),
                step == null ? OptionalInt.empty() : OptionalInt.of(step));
    }

    private static Place normal(Place place) {
        return new Place(place.file().toAbsolutePath().normalize(), place.line());
    }

    /** The nodes from which participants received events, in the order of their names; none if the service is one process. */
    public List<String> nodes() {
        return lifelines.stream()
                .flatMap(lifeline -> lifeline.attachments().stream())
                .map(Lifeline.Attachment::node)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The part of the conversation that is shown.
     *
     * @param from the first Lamport time of the part
     * @param to the last Lamport time of the part
     * @param first the first Lamport time of the conversation
     * @param last the last Lamport time of the conversation
     */
    public record Window(long from, long to, long first, long last) {

        /** Whether the conversation has earlier or later times. */
        public boolean isCut() {
            return from > first || to < last;
        }
    }
}
