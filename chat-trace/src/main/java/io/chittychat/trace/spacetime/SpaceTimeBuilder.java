package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the part of a conversation to draw, while the logs are read: the events of the selection with their messages, and the
 * other steps of the participants. The part ends when it has as many steps as can be drawn.
 *
 * <p>Not safe for use by several threads.
 */
public final class SpaceTimeBuilder implements TraceListener {

    /** The most steps that are drawn without a selection. */
    static final int DEFAULT_STEPS = 400;

    /** The most steps that are drawn of a selection. */
    static final int MOST_STEPS = 5_000;

    /** The most steps of a page, which draws only what is visible, and of data. */
    static final int PAGE_STEPS = 100_000;

    private final Set<String> shown; // empty for all participants
    private final long from;
    private final int most;
    private long to;
    private boolean full;
    private long first;
    private long last;
    private int kept;

    private final StepGraph part = new StepGraph();
    private final Presences presences;
    private final Incidents incidents;
    private final Map<String, LogRecord> newest = new HashMap<>();
    private final Map<Long, StepGraph.Node> serviceSteps = new HashMap<>();
    private final Map<Long, List<StepGraph.Node>> earlyReplies = new HashMap<>();
    private final Map<String, Map<Long, StepGraph.Node>> requests = new HashMap<>();

    /** @param selection the part to draw */
    public SpaceTimeBuilder(Selection selection) {
        this(selection, false, List.of());
    }

    /**
     * @param selection the part to draw
     * @param withNodes whether the service has several nodes, so that participants are attached to one or another
     * @param incidents what happened to processes of the service
     */
    public SpaceTimeBuilder(Selection selection, boolean withNodes, List<Incident> incidents) {
        this(selection, withNodes, incidents, selection.isWhole() ? DEFAULT_STEPS : MOST_STEPS);
    }

    SpaceTimeBuilder(Selection selection, boolean withNodes, List<Incident> incidents, int most) {
        this.presences = new Presences(withNodes);
        this.incidents = new Incidents(incidents);
        this.shown = selection.participants();
        this.from = selection.from().orElse(0);
        this.to = selection.to().orElse(Long.MAX_VALUE);
        this.most = most;
    }

    @Override
    public void read(String participant, LogRecord step) {
        newest.put(participant, step);
        Optional<Step.Kind> kind = kind(step);
        if (kind.isEmpty() || !isShown(participant) || !isInWindow(step) || kept > 2 * most) {
            return;
        }
        kept++;
        StepGraph.Node node = part.add(participant, step.clock(), kind.get(), step);
        if (step.kind() == RecordKind.SEND) {
            requests.computeIfAbsent(participant, same -> new HashMap<>()).put(step.clock(), node);
        } else if (kind.get() == Step.Kind.CAUGHT_UP || (kind.get() == Step.Kind.REPLY && leadsToEvent(step))) {
            StepGraph.Node answered = serviceSteps.get(step.lamport());
            if (answered != null) {
                part.connect(answered, node, Message.Kind.REPLY);
            } else {
                earlyReplies
                        .computeIfAbsent(step.lamport(), same -> new ArrayList<>())
                        .add(node);
            }
        }
    }

    private static Optional<Step.Kind> kind(LogRecord step) {
        return switch (step.kind()) {
            case SEND -> Optional.of(Step.Kind.REQUEST);
            case REPLY ->
                Optional.of(step.isOk() ? Step.Kind.REPLY : step.isRefusal() ? Step.Kind.REFUSAL : Step.Kind.NO_ANSWER);
            case END -> Optional.of(Step.Kind.STREAM_END);
            case RECEIVE -> step.isEvent("caught_up") ? Optional.of(Step.Kind.CAUGHT_UP) : Optional.empty();
        };
    }

    private static boolean leadsToEvent(LogRecord reply) {
        return Set.of("Join", "Publish", "PublishStream", "Leave").contains(reply.rpc());
    }

    /** The time of the event decides if the record has it, otherwise the clock. */
    private boolean isInWindow(LogRecord step) {
        boolean byEvent = step.kind() == RecordKind.REPLY && step.isOk() && leadsToEvent(step);
        return isInWindow(byEvent ? step.lamport() : step.clock());
    }

    private boolean isInWindow(long time) {
        return time >= from && time <= to;
    }

    private boolean isShown(String participant) {
        return shown.isEmpty() || shown.contains(participant);
    }

    @Override
    public void happened(ServiceStep serviceStep) {
        long lamport = serviceStep.lamport();
        incidents.happened(serviceStep);
        presences.attached(serviceStep);
        if (!serviceStep.type().isEmpty()) {
            first = first == 0 ? lamport : first;
            last = lamport;
            presences.happened(serviceStep);
        }
        List<LogRecord> copies = serviceStep.copies().stream()
                .filter(copy -> isShown(copy.participant()))
                .toList();
        serviceStep.copies().forEach(copy -> newest.put(copy.participant(), copy));
        List<StepGraph.Node> replies =
                Optional.ofNullable(earlyReplies.remove(lamport)).orElse(List.of());
        if (full || !isInWindow(lamport) || (copies.isEmpty() && !isShown(serviceStep.from()))) {
            return;
        }
        if (kept + 1 + copies.size() > most && !serviceSteps.isEmpty()) {
            full = true;
            to = lamport - 1;
            return;
        }
        kept += 1 + copies.size();
        keep(serviceStep, copies, replies);
    }

    private void keep(ServiceStep serviceStep, List<LogRecord> copies, List<StepGraph.Node> replies) {
        StepGraph.Node step = part.addServiceStep(serviceStep);
        serviceSteps.put(serviceStep.lamport(), step);
        StepGraph.Node request = Optional.ofNullable(requests.get(serviceStep.from()))
                .map(sent -> sent.remove(serviceStep.sent()))
                .orElse(null);
        if (request != null) {
            part.connect(request, step, Message.Kind.REQUEST);
        }
        replies.forEach(reply -> part.connect(step, reply, Message.Kind.REPLY));
        for (LogRecord copy : copies) {
            StepGraph.Node receipt = part.add(copy.participant(), copy.clock(), Step.Kind.RECEIPT, copy);
            part.connect(step, receipt, Message.Kind.BROADCAST);
        }
    }

    @Override
    public void ended(String participant, boolean present) {
        LogRecord end = newest.get(participant);
        if (presences.ended(participant, present) && end != null && isShown(participant) && isInWindow(end.clock())) {
            part.add(participant, end.clock(), Step.Kind.CRASH, end);
        }
    }

    /**
     * The part to draw.
     *
     * @param names the participants whose logs are given
     */
    public SpaceTime build(Collection<String> names) {
        long end = full ? to : Math.min(to, last);
        SpaceTime.Window window = new SpaceTime.Window(Math.max(from, first), Math.max(end, first), first, last);
        part.retain(node -> node.isOfService() || node.isCrash() || isKept(node.source()));
        return part.toSpaceTime(
                presences.lifelines(names.stream().filter(this::isShown).toList()), window, incidents.within(window));
    }

    /** The part may have become smaller since the step was added. */
    private boolean isKept(LogRecord step) {
        return step.isEvent() ? isInWindow(step.lamport()) : isInWindow(step);
    }
}
