package io.chittychat.session;

/**
 * Why a session ended.
 *
 * @param detail what the service said about it, foreign text; may be empty
 */
public record SessionEnd(Reason reason, String detail) {

    /** The ways in which a session ends. */
    public enum Reason {
        /** The participant left. */
        LEFT,
        /** Another Broadcast took over this session. */
        SUPERSEDED,
        /** The service knows no such session: it expired, or the service forgot it in a restart. */
        SESSION_UNKNOWN,
        /** The service has a new log; the clock was started anew. */
        EPOCH_CHANGED,
        /** The session was lost, and somebody else has its name now. */
        NAME_TAKEN,
        /** The service refuses to broadcast, or to let one in again, for a reason that waiting does not mend. */
        REFUSED,
        /** {@link ChatSession#close} was called. */
        CLOSED
    }
}
