package io.chittychat.server.room;

/** Why a command was refused. A refused command changes nothing, not even the clock. */
public enum Refusal {
    /** Somebody present has that name. */
    NAME_TAKEN,
    /** No session has that id (any more). */
    SESSION_UNKNOWN,
    /** A publish with a sequence that may have been forgotten: it is not known whether it was said. */
    SEQUENCE_FORGOTTEN,
    /** As many participants as there may be. */
    ROOM_FULL,
    /** There is no room to record messages. */
    STORE_FULL,
    /** The log has come to the end of Lamport time. */
    TIME_OVER,
    /** An expiry that came too late: the session has a reader, or its join was repeated. */
    SESSION_ALIVE,
    /** The log takes nothing more because the service is about to stop. */
    SHUTTING_DOWN,
    /** The log cannot order or record anything. */
    LOG_UNAVAILABLE,
}
