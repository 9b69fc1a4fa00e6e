package io.chittychat.session;

/**
 * The end of a session, and its reason.
 *
 * @param detail the service's description, untouched; may be empty
 */
public record SessionEnd(Reason reason, String detail) {

    /** The reasons for the end of a session. */
    public enum Reason {
        /** The participant left. */
        LEFT,
        /** Another Broadcast took over this session. */
        SUPERSEDED,
        /** The service does not know the session: it expired, or was lost in a restart. */
        SESSION_UNKNOWN,
        /** The service has a new log, so the clock has started again. */
        EPOCH_CHANGED,
        /** The session was lost, and another participant has its name now. */
        NAME_TAKEN,
        /** The service refuses to broadcast or a new join, for a reason that will not pass. */
        REFUSED,
        /** {@link ChatSession#close} was called. */
        CLOSED
    }
}
