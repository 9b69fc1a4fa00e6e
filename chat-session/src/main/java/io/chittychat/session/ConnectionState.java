package io.chittychat.session;

/** The state of a session's connection. */
public enum ConnectionState {
    /** Joined; reading the log from the joined event on. */
    CONNECTING,
    /** At the end of the log; events arrive as they happen. */
    LIVE,
    /** The Broadcast stream broke, and the session tries to resume it. */
    LOST,
    /** Live again after {@link #LOST}: the events in between have been received or reported as missed. */
    RESUMED,
    /** The session has ended. */
    CLOSED
}
