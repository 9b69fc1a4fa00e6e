package io.chittychat.session;

/** How a session stands with the service. */
public enum ConnectionState {
    /** Joined; reading the log from the beginning of the stay. */
    CONNECTING,
    /** Reached the log's end; from now on events arrive as they happen. */
    LIVE,
    /** The Broadcast stream broke; the session tries to resume by itself. */
    LOST,
    /** Live again after {@link #LOST}: every event in between was received, unless something was reported missed. */
    RESUMED,
    /** The session has ended. */
    CLOSED
}
