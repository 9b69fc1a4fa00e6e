package io.chittychat.trace.spacetime;

import java.time.Instant;

/**
 * Something that happened to a process of the service, such as the death of a node: no step of the conversation.
 *
 * @param at wall clock of who noted it, which must be that of the service, too, for a place among its steps
 * @param what a phrase; not safe for display
 */
public record Incident(Instant at, String what) {

    /**
     * An incident between two steps of the service.
     *
     * @param after Lamport time of the last step before it; 0 if there is none
     */
    public record Placed(long after, Incident incident) {}
}
