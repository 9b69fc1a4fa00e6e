package io.chittychat.trace.spacetime;

import java.util.List;

/**
 * A process of the conversation.
 *
 * @param name the name of the participant or of the service
 * @param role its role
 * @param presences its stays in the chat, in order; empty for the service
 */
public record Lifeline(String name, Role role, List<Presence> presences) {

    public Lifeline {
        presences = List.copyOf(presences);
    }

    /** The role of a process. */
    public enum Role {
        /** The service, which orders the events. */
        SERVICE,
        PARTICIPANT
    }

    /**
     * One stay in the chat, with the Lamport times of its events.
     *
     * @param joined Lamport time of its joined event
     * @param ended Lamport time of its left event; of the last known event if there is none
     * @param ending how it ended
     */
    public record Presence(long joined, long ended, Ending ending) {}

    /** How a stay ended. */
    public enum Ending {
        /** The participant left. */
        LEFT,
        /** The session expired while the process was disconnected; the process continued later. */
        EXPIRED,
        /** The session expired, and the log ends without a leave: the process is gone. */
        CRASHED,
        /** The logs show no end. */
        OPEN
    }
}
