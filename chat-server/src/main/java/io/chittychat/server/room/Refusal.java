package io.chittychat.server.room;

/** The reasons for refusing a command. A refused command changes nothing, not even the clock. */
public enum Refusal {
    /** A present participant has that name. */
    NAME_TAKEN,
    /** No session has that id, or it has ended. */
    SESSION_UNKNOWN,
    /** The sequence of the publish may have been forgotten, so it is unknown whether the message is in the log. */
    SEQUENCE_FORGOTTEN,
    /** The publish that must come before this one has not been seen. */
    SEQUENCE_GAP,
    /** The maximum of participants is present. */
    ROOM_FULL,
    /** The disk has no space to record the event. */
    STORE_FULL,
    /** The clock has reached the end of Lamport time. */
    TIME_OVER,
    /** The session must not expire, because it has a reader, or its join was repeated. */
    SESSION_ALIVE,
    /** The log takes no more commands, because the service is about to stop. */
    SHUTTING_DOWN,
    /** The log cannot order or record commands. */
    LOG_UNAVAILABLE,
}
