package io.chittychat.trace.spacetime;

/**
 * A message from one process to another.
 *
 * @param from the id of the step that sent it
 * @param to the id of the step that received it
 * @param kind its kind
 */
public record Message(int from, int to, Kind kind) {

    /** The kind of a message. */
    public enum Kind {
        /** A participant's request, to the step of the service that it led to. */
        REQUEST,
        /** The service's reply. */
        REPLY,
        /** A copy of an event, on a Broadcast stream. */
        BROADCAST
    }
}
