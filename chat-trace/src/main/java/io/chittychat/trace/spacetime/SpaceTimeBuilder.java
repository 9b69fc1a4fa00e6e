package io.chittychat.trace.spacetime;

import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.log.Kind;
import io.chittychat.trace.log.LogRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the part of a conversation that is to be drawn, while the logs are read: the events of the window and everything that
 * belongs to them, and what else the participants did in it. As soon as that would be more than can be drawn, the window
 * ends.
 *
 * <p>Not safe for use by several threads.
 */
public final class SpaceTimeBuilder implements TraceListener {

    /** Steps of a whole conversation that are drawn without being asked for. */
    static final int DEFAULT_STEPS = 400;

    /** Steps that are drawn if a window is asked for. */
    static final int MOST_STEPS = 5_000;

    private final Set<String> shown; // empty for everybody
    private final long from;
    private final int most;
    private long to;
    private boolean full;
    private long first;
    private long last;
    private int kept;

    private final DrawnPart part = new DrawnPart();
    private final Attendances attendances = new Attendances();
    private final Map<String, LogRecord> newest = new HashMap<>();
    private final Map<Long, DrawnPart.Node> serviceSteps = new HashMap<>();
    private final Map<Long, List<DrawnPart.Node>> earlyReplies = new HashMap<>();
    private final Map<String, Map<Long, DrawnPart.Node>> requests = new HashMap<>();

    /** @param window what is to be drawn */
    public SpaceTimeBuilder(Window window) {
        this.shown = window.participants();
        this.from = window.from().orElse(0);
        this.to = window.to().orElse(Long.MAX_VALUE);
        this.most = window.isWhole() ? DEFAULT_STEPS : MOST_STEPS;
    }

    @Override
    public void read(String participant, LogRecord step) {
        newest.put(participant, step);
        Optional<Step.Kind> kind = kind(step);
        if (kind.isEmpty() || !isShown(participant) || !isInWindow(step) || kept > 2 * most) {
            return;
        }
        kept++;
        DrawnPart.Node node = part.add(participant, step.clock(), kind.get(), step);
        if (step.kind() == Kind.SEND) {
            requests.computeIfAbsent(participant, same -> new HashMap<>()).put(step.clock(), node);
        } else if (kind.get() == Step.Kind.CAUGHT_UP || (kind.get() == Step.Kind.REPLY && leadsToEvent(step))) {
            DrawnPart.Node answered = serviceSteps.get(step.lamport());
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

    /** What a step led to counts if that is known from it, else when it was. */
    private boolean isInWindow(LogRecord step) {
        boolean byEvent = step.kind() == Kind.REPLY && step.isOk() && leadsToEvent(step);
        return isInWindow(byEvent ? step.lamport() : step.clock());
    }

    private boolean isInWindow(long time) {
        return time >= from && time <= to;
    }

    private boolean isShown(String participant) {
        return shown.isEmpty() || shown.contains(participant);
    }

    @Override
    public void happened(Happening happening) {
        long lamport = happening.lamport();
        if (!happening.type().isEmpty()) {
            first = first == 0 ? lamport : first;
            last = lamport;
            attendances.happened(happening);
        }
        List<LogRecord> copies = happening.copies().stream()
                .filter(copy -> isShown(copy.participant()))
                .toList();
        happening.copies().forEach(copy -> newest.put(copy.participant(), copy));
        List<DrawnPart.Node> replies =
                Optional.ofNullable(earlyReplies.remove(lamport)).orElse(List.of());
        if (full || !isInWindow(lamport) || (copies.isEmpty() && !isShown(happening.from()))) {
            return;
        }
        if (kept + 1 + copies.size() > most && !serviceSteps.isEmpty()) {
            full = true;
            to = lamport - 1;
            return;
        }
        kept += 1 + copies.size();
        keep(happening, copies, replies);
    }

    private void keep(Happening happening, List<LogRecord> copies, List<DrawnPart.Node> replies) {
        DrawnPart.Node step = part.addServiceStep(happening);
        serviceSteps.put(happening.lamport(), step);
        DrawnPart.Node request = Optional.ofNullable(requests.get(happening.from()))
                .map(sent -> sent.remove(happening.sent()))
                .orElse(null);
        if (request != null) {
            part.connect(request, step, Message.Kind.REQUEST);
        }
        replies.forEach(reply -> part.connect(step, reply, Message.Kind.REPLY));
        for (LogRecord copy : copies) {
            DrawnPart.Node receipt = part.add(copy.participant(), copy.clock(), Step.Kind.RECEIPT, copy);
            part.connect(step, receipt, Message.Kind.BROADCAST);
        }
    }

    @Override
    public void ended(String participant, boolean present) {
        LogRecord end = newest.get(participant);
        if (attendances.ended(participant, present) && end != null && isShown(participant) && isInWindow(end.clock())) {
            part.add(participant, end.clock(), Step.Kind.CRASH, end);
        }
    }

    /**
     * What is to be drawn.
     *
     * @param names whose logs there are
     */
    public SpaceTime build(Collection<String> names) {
        long end = full ? to : Math.min(to, last);
        SpaceTime.Window window = new SpaceTime.Window(Math.max(from, first), Math.max(end, first), first, last);
        part.retain(node -> node.isOfService() || node.isCrash() || isKept(node.source()));
        return part.toSpaceTime(
                attendances.lifelines(names.stream().filter(this::isShown).toList()), window);
    }

    /** The window may have become smaller since a step was kept. */
    private boolean isKept(LogRecord step) {
        return step.isEvent() ? isInWindow(step.lamport()) : isInWindow(step);
    }
}
