package io.chittychat.trace.spacetime;

/**
 * What went from one process to another.
 *
 * @param from the id of the step that sent it
 * @param to the id of the step that received it
 * @param kind what it was
 */
public record Message(int from, int to, Kind kind) {

    /** What was sent. */
    public enum Kind {
        /** A participant's request, up to the service's step that it led to. */
        REQUEST,
        /** The service's answer. */
        REPLY,
        /** A copy of an event, on a Broadcast stream. */
        BROADCAST
    }
}
