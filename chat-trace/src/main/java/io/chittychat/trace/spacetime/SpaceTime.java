package io.chittychat.trace.spacetime;

import java.util.List;

/**
 * A part of a conversation as a space-time diagram shows it: who took part, what happened there, and which message went
 * from where to where. Immutable.
 *
 * <p>The order of {@link #steps()} is one in which it may have happened: of two steps of one lifeline the earlier one comes
 * first, and so does the sending of a message before its receipt. Logs that break the rules are shown as they are, so nothing
 * may be taken for granted of the times.
 *
 * @param lifelines the service, if anything of it is known, and the participants in the order of their first joins
 * @param steps what happened; a step's id is its place in this list
 * @param messages what went between two steps
 * @param window which part of the whole this is
 */
public record SpaceTime(List<Lifeline> lifelines, List<Step> steps, List<Message> messages, Window window) {

    public SpaceTime {
        lifelines = List.copyOf(lifelines);
        steps = List.copyOf(steps);
        messages = List.copyOf(messages);
        for (int id = 0; id < steps.size(); id++) {
            if (steps.get(id).id() != id) {
                throw new IllegalArgumentException("step " + steps.get(id).id() + " is in place " + id);
            }
        }
    }

    /**
     * Which part of the whole is shown.
     *
     * @param from the first Lamport time of the part
     * @param to the last Lamport time of the part
     * @param first the first Lamport time of the whole
     * @param last the last Lamport time of the whole
     */
    public record Window(long from, long to, long first, long last) {

        /** Whether something lies before or after it. */
        public boolean isCut() {
            return from > first || to < last;
        }
    }
}
