package io.chittychat.server.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * One who gives commands to a {@link LogProcess} and repeats in the next one what was not answered: a speaker, who stays
 * and has many publishes under way, or visitors, who come, speak and leave one after the other, step by step.
 */
final class Lane {

    private static final int SPEAKERS_WINDOW = 100; // fewer than the room remembers
    private static final int VISITORS_MESSAGES = 3;

    /**
     * A step.
     *
     * @param sequence of a publish, else 0
     */
    record Step(String verb, long session, long sequence) {

        /** The line that asks for it. */
        String line(String id) {
            return switch (verb) {
                case "join" -> "join %s %d n%d".formatted(id, session, session);
                case "publish" -> "publish %s %d %d".formatted(id, session, sequence);
                default -> "leave %s %d".formatted(id, session);
            };
        }
    }

    private final int number;
    private final boolean visitors;
    private final Map<String, Step> unanswered = new HashMap<>();
    private final Deque<String> order = new ArrayDeque<>();
    private long session;
    private long sequence = -1; // of the newest step: 0 for the join
    private long ids;

    /** @param number below 100 */
    Lane(int number, boolean visitors) {
        this.number = number;
        this.visitors = visitors;
        this.session = number;
    }

    /** Takes the next step, if there may be one now. */
    boolean advance() {
        if (sequence <= 0 ? !order.isEmpty() : order.size() >= (visitors ? 1 : SPEAKERS_WINDOW)) {
            return false;
        }
        if (sequence > VISITORS_MESSAGES && visitors) {
            session += 100; // the next one
            sequence = -1;
        }
        sequence++;
        ids++;
        String id = number + "/" + ids;
        order.addLast(id);
        unanswered.put(id, step());
        return true;
    }

    private Step step() {
        if (sequence == 0) {
            return new Step("join", session, 0);
        }
        return visitors && sequence > VISITORS_MESSAGES
                ? new Step("leave", session, 0)
                : new Step("publish", session, sequence);
    }

    /** The line for the newest step. */
    String newestLine() {
        return line(order.getLast());
    }

    /** The lines for all that was not answered, in order. */
    Iterable<String> unansweredLines() {
        return order.stream().map(this::line).toList();
    }

    private String line(String id) {
        return step(id).line(id);
    }

    /** A step was answered, which is so in order. */
    Step answered(String id) {
        String first = order.removeFirst();
        if (!first.equals(id)) {
            throw new IllegalStateException("expected the answer to %s and got the one to %s".formatted(first, id));
        }
        Step step = step(id);
        unanswered.remove(id);
        return step;
    }

    private Step step(String id) {
        Step step = unanswered.get(id);
        if (step == null) {
            throw new IllegalStateException("nobody asked for " + id);
        }
        return step;
    }
}
