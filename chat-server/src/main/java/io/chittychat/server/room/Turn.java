package io.chittychat.server.room;

import java.time.Instant;

/**
 * What a command meets when its turn comes, beside the room's state; the same for every replica.
 *
 * @param at when the command was ordered, by the wall clock of the process that ordered it
 * @param space what there is space to record
 */
public record Turn(Instant at, Space space) {

    /** What can be recorded. What needs nothing recorded, such as the answer to a repeat, never needs space. */
    public enum Space {
        /** Everything. */
        ALL,
        /** Joining, leaving and reading; no messages. */
        NO_MESSAGES,
        /** Nothing. */
        NONE
    }

    /** A turn with space for everything. */
    public static Turn at(Instant now) {
        return new Turn(now, Space.ALL);
    }

    boolean hasSpace() {
        return space != Space.NONE;
    }

    boolean hasSpaceForMessages() {
        return space == Space.ALL;
    }
}
