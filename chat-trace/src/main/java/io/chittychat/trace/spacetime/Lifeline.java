package io.chittychat.trace.spacetime;

import java.util.List;

/**
 * A process of the conversation.
 *
 * @param name the participant's name, or what the service is called
 * @param role what it is
 * @param presences when it was in the chat, in order; empty for the service
 */
public record Lifeline(String name, Role role, List<Presence> presences) {

    public Lifeline {
        presences = List.copyOf(presences);
    }

    /** What a process is. */
    public enum Role {
        /** The one that puts everything in order. */
        SERVICE,
        PARTICIPANT
    }

    /**
     * One stay in the chat. Times are those of the events, so the service's.
     *
     * @param joined Lamport time of its joined event
     * @param ended Lamport time of its left event; of the last event that is known of if there is none
     * @param ending how it ended
     */
    public record Presence(long joined, long ended, Ending ending) {}

    /** How a stay ended. */
    public enum Ending {
        /** It took leave. */
        LEFT,
        /** Its session expired while its process was away from the service, and went on later. */
        EXPIRED,
        /** Its session expired, and its log ends without a farewell: the process is gone. */
        CRASHED,
        /** It did not end, as far as the logs go. */
        OPEN
    }
}
