package io.chittychat.trace.spacetime;

import static io.chittychat.text.LogKeys.OUTCOME;
import static io.chittychat.text.LogKeys.REASON;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.trace.check.TraceListener.Happening;
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
 * Steps and messages of the part that is drawn, put into an order in which they may have happened: every process's own, and
 * every message sent before it is received; beyond that the order of Lamport time. Not safe for use by several threads.
 */
final class DrawnPart {

    /** What the service is called. */
    static final String SERVICE = "Chitty-Chat";

    private static final String SERVICE_KEY = ""; // no participant's name

    /** A step that has no number yet. */
    static final class Node {
        private final String process;
        private final long time;
        private final Step.Kind kind;
        private final @Nullable LogRecord source;
        private final @Nullable Happening happening;
        private final List<Edge> incoming = new ArrayList<>();
        private int id = -1;

        private Node(
                String process, long time, Step.Kind kind, @Nullable LogRecord source, @Nullable Happening happening) {
            this.process = process;
            this.time = time;
            this.kind = kind;
            this.source = source;
            this.happening = happening;
        }

        boolean isOfService() {
            return happening != null;
        }

        boolean isCrash() {
            return kind == Step.Kind.CRASH;
        }

        /** The participant's record of it; for a crash the last one before it. */
        LogRecord source() {
            LogRecord record = source;
            if (record == null) {
                throw new IllegalStateException("no participant wrote down a step of the service");
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

    Node addServiceStep(Happening happening) {
        Step.Kind kind =
                switch (happening.type()) {
                    case "joined" -> Step.Kind.JOINED;
                    case "published" -> Step.Kind.PUBLISHED;
                    case "left" -> Step.Kind.LEFT;
                    default -> Step.Kind.ATTACHED;
                };
        return add(new Node(SERVICE_KEY, happening.lamport(), kind, null, happening));
    }

    private Node add(Node node) {
        processes.computeIfAbsent(node.process, same -> new ArrayList<>()).add(node);
        return node;
    }

    void connect(Node from, Node to, Message.Kind kind) {
        to.incoming.add(new Edge(from, kind));
    }

    /** Drops steps, and the messages from and to them. */
    void retain(Predicate<Node> kept) {
        processes.values().forEach(steps -> steps.removeIf(kept.negate()));
        processes.values().stream()
                .flatMap(List::stream)
                .forEach(step -> step.incoming.removeIf(edge -> !kept.test(edge.from)));
    }

    SpaceTime toSpaceTime(List<Lifeline> participants, SpaceTime.Window window) {
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
        return new SpaceTime(lifelines, steps, messages, window);
    }

    private List<Node> ordered() {
        List<Deque<Node>> queues = new ArrayList<>();
        processes.values().forEach(steps -> queues.add(new ArrayDeque<>(steps)));
        List<Node> ordered = new ArrayList<>();
        for (Deque<Node> next = earliest(queues); next != null; next = earliest(queues)) {
            Node node = next.removeFirst();
            node.incoming.removeIf(edge -> edge.from.id < 0); // logs that contradict themselves
            node.id = ordered.size();
            ordered.add(node);
        }
        return ordered;
    }

    /** The process whose next step comes first of those that can come now, if there is one. */
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
        Happening happening = node.happening;
        if (happening != null) {
            Optional<ServiceRecord> record = Optional.ofNullable(happening.service());
            return new Step(
                    node.id,
                    lifeline,
                    node.time,
                    node.kind,
                    rpc(happening),
                    happening.text(),
                    record.map(ServiceRecord::time),
                    record.map(ServiceRecord::place));
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
                        Optional.of(source.place()));
    }

    private static String text(LogRecord source) {
        return source.find(TEXT)
                .or(() -> source.find(REASON))
                .or(() -> source.find(OUTCOME).filter(outcome -> !source.isOk()))
                .orElse("");
    }

    private static String rpc(Happening happening) {
        return switch (happening.type()) {
            case "joined" -> "Join";
            case "published" -> "Publish";
            case "left" -> happening.sent() > 0 ? "Leave" : "";
            default -> "Broadcast";
        };
    }
}
