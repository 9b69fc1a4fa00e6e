package io.chittychat.server.room;

import java.time.Instant;

/**
 * The circumstances in which a command is applied, beside the room's state.
 *
 * @param at the time at which the command was ordered, by the wall clock of the process that ordered it
 * @param windowTime the time in which windows run; it differs from {@code at} if it stands still while no command can be ordered
 * @param space the events for which the store has space
 */
public record Turn(Instant at, Instant windowTime, Space space) {

    /** A turn whose windows run in the time of its order. */
    public Turn(Instant at, Space space) {
        this(at, at, space);
    }

    /** The events for which the store has space. A command without an event, such as a repeat, needs none. */
    public enum Space {
        /** All events. */
        ALL,
        /** Joins and leaves, but not messages; a Broadcast can be attached, too. */
        NO_MESSAGES,
        /** None. */
        NONE
    }

    /** Returns a turn with space for all events. */
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
