package io.chittychat.trace.spacetime;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.trace.check.TraceListener.ServiceStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Steps and messages to draw, and a possible order of them: the steps of each process stay in order, each message is sent
 * before it is received, and otherwise Lamport time decides. Not safe for use by several threads.
 */
final class StepGraph {

    /** The name of the service in drawings. */
    static final String SERVICE = "Chitty-Chat";

    private static final String SERVICE_KEY = ""; // no participant's name

    /** A step without a number. */
    static final class Node {
        private final String process;
        private final long time;
        private final Step.Kind kind;
        private final @Nullable LogRecord source;
        private final @Nullable ServiceStep serviceStep;
        private final List<Edge> incoming = new ArrayList<>();
        private int id = -1;

        private Node(
                String process,
                long time,
                Step.Kind kind,
                @Nullable LogRecord source,
                @Nullable ServiceStep serviceStep) {
            this.process = process;
            this.time = time;
            this.kind = kind;
            this.source = source;
            this.serviceStep = serviceStep;
        }

        boolean isOfService() {
            return serviceStep != null;
        }

        boolean isCrash() {
            return kind == Step.Kind.CRASH;
        }

        /** The participant's record of the step; for a crash the last record before it. */
        LogRecord source() {
            LogRecord record = source;
            if (record == null) {
                throw new IllegalStateException("a step of the service has no participant's record");
            }
            return record;
        }

        private boolean isReady() {
            return incoming.stream().allMatch(edge -> edge.from.id >= 0);
        }
    }

    private record Edge(Node from, Message.Kind kind) {}

    private final Map<String, List<Node>> processes = new LinkedHashMap<>();

    Node add(String participant, long time, Step.Kind kind, LogRecord source) {
        return add(new Node(participant, time, kind, source, null));
    }

    Node addServiceStep(ServiceStep serviceStep) {
        Step.Kind kind =
                switch (serviceStep.type()) {
                    case "joined" -> Step.Kind.JOINED;
                    case "published" -> Step.Kind.PUBLISHED;
                    case "left" -> Step.Kind.LEFT;
                    default -> Step.Kind.ATTACHED;
                };
        return add(new Node(SERVICE_KEY, serviceStep.lamport(), kind, null, serviceStep));
    }

    private Node add(Node node) {
        processes.computeIfAbsent(node.process, same -> new ArrayList<>()).add(node);
        return node;
    }

    void connect(Node from, Node to, Message.Kind kind) {
        to.incoming.add(new Edge(from, kind));
    }

    /** Removes all other steps, and their messages. */
    void retain(Predicate<Node> kept) {
        processes.values().forEach(steps -> steps.removeIf(kept.negate()));
        processes.values().stream()
                .flatMap(List::stream)
                .forEach(step -> step.incoming.removeIf(edge -> !kept.test(edge.from)));
    }

    SpaceTime toSpaceTime(List<Lifeline> participants, SpaceTime.Window window, List<Incident.Placed> incidents) {
        List<Lifeline> lifelines = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        if (!processes.getOrDefault(SERVICE_KEY, List.of()).isEmpty()) {
            places.put(SERVICE_KEY, 0);
            lifelines.add(new Lifeline(SERVICE, Lifeline.Role.SERVICE, List.of()));
        }
        for (Lifeline participant : participants) {
            places.put(participant.name(), lifelines.size());
            lifelines.add(participant);
        }
        processes.keySet().retainAll(places.keySet());
        List<Node> ordered = ordered();
        List<Step> steps = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (Node node : ordered) {
            steps.add(step(node, places.getOrDefault(node.process, 0)));
            node.incoming.forEach(edge -> messages.add(new Message(edge.from.id, node.id, edge.kind)));
        }
        return new SpaceTime(lifelines, steps, messages, window, incidents);
    }

    private List<Node> ordered() {
        List<Deque<Node>> queues = new ArrayList<>();
        processes.values().forEach(steps -> queues.add(new ArrayDeque<>(steps)));
        List<Node> ordered = new ArrayList<>();
        for (Deque<Node> next = earliest(queues); next != null; next = earliest(queues)) {
            Node node = next.removeFirst();
            node.incoming.removeIf(edge -> edge.from.id < 0); // contradictory logs
            node.id = ordered.size();
            ordered.add(node);
        }
        return ordered;
    }

    /** The process whose next step comes first, if any process has one. */
    private static @Nullable Deque<Node> earliest(List<Deque<Node>> queues) {
        Deque<Node> earliest = null;
        for (Deque<Node> queue : queues) {
            if (!queue.isEmpty() && (earliest == null || isBefore(queue.getFirst(), earliest.getFirst()))) {
                earliest = queue;
            }
        }
        return earliest;
    }

    private static boolean isBefore(Node one, Node other) {
        boolean ready = one.isReady();
        return ready == other.isReady() ? one.time < other.time : ready;
    }

    private static Step step(Node node, int lifeline) {
        ServiceStep serviceStep = node.serviceStep;
        if (serviceStep != null) {
            Optional<ServiceRecord> record = Optional.ofNullable(serviceStep.service());
            return new Step(
                    node.id,
                    lifeline,
                    node.time,
                    node.kind,
                    rpc(serviceStep),
                    serviceStep.text(),
                    record.map(ServiceRecord::time),
                    record.map(ServiceRecord::place),
                    new Step.Origin(serviceStep.from(), serviceStep.sent(), 0));
        }
        LogRecord source = node.source();
        return node.isCrash()
                ? new Step(node.id, lifeline, node.time, node.kind, "", "", Optional.empty(), Optional.empty())
                : new Step(
                        node.id,
                        lifeline,
                        node.time,
                        node.kind,
                        source.rpc(),
                        text(source),
                        Optional.of(source.time()),
                        Optional.of(source.place()),
                        origin(source));
    }

    private static Step.Origin origin(LogRecord source) {
        return new Step.Origin(
                source.find(FROM).orElse(""),
                source.sent(),
                source.find(SEQUENCE).map(StepGraph::number).orElse(0L));
    }

    /** What is no number says nothing: the check of the logs has reported it. */
    private static long number(String digits) {
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
    }

    private static String text(LogRecord source) {
        return source.find(TEXT)
                .or(() -> source.find(REASON))
                .or(() -> source.find(OUTCOME).filter(outcome -> !source.isOk()))
                .orElse("");
    }

    private static String rpc(ServiceStep serviceStep) {
        return switch (serviceStep.type()) {
            case "joined" -> "Join";
            case "published" -> "Publish";
            case "left" -> serviceStep.sent() > 0 ? "Leave" : "";
            default -> "Broadcast";
        };
    }
}
