package io.chittychat.trace.spacetime;

import java.util.List;

/**
 * A process of the conversation.
 *
 * @param name the name of the participant or of the service
 * @param role its role
 * @param presences its stays in the chat, in order; empty for the service
 * @param attachments the nodes from which it received events, in order; empty if the service is one process
 */
public record Lifeline(String name, Role role, List<Presence> presences, List<Attachment> attachments) {

    public Lifeline {
        presences = List.copyOf(presences);
        attachments = List.copyOf(attachments);
    }

    /** A process that has to do with one process of the service only. */
    public Lifeline(String name, Role role, List<Presence> presences) {
        this(name, role, presences, List.of());
    }

    /**
     * A participant receives events from a node from now on.
     *
     * @param time Lamport time of the accepted Broadcast
     * @param node the name of the node
     */
    public record Attachment(long time, String node) {}

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
