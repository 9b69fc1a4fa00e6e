package io.chittychat.client.render;

import io.chittychat.session.SessionEnd;
import io.chittychat.text.SafeText;
import java.util.Optional;

/** What the client says of its own connection: lines that begin with a star, like what the chat says of participants. */
public final class NoticeLine {

    private NoticeLine() {}

    /** The connection broke. */
    public static String lost(String server) {
        return "* Connection to " + SafeText.of(server) + " lost; reconnecting.";
    }

    /** The connection is back. */
    public static String resumed(boolean missedSomething) {
        return missedSomething ? "* Connected again." : "* Connected again; nothing was missed.";
    }

    /** Events between two Lamport times, both exclusive, were not received. */
    public static String missed(long after, long before) {
        return "* Some events between Lamport times " + after + " and " + before + " were not received.";
    }

    /** The log file cannot be written. */
    public static String logFailed(String problem) {
        return "* The log file can no longer be written (" + SafeText.of(problem) + "); the chat goes on without it.";
    }

    /** Why a session ended; empty if the participant ended it. */
    public static Optional<String> ended(SessionEnd end) {
        return switch (end.reason()) {
            case LEFT, CLOSED -> Optional.empty();
            case SUPERSEDED -> Optional.of("* Another client has taken over this session. Join again: join NAME");
            case SESSION_UNKNOWN ->
                Optional.of("* The service no longer knows this session: it expired, or the service was restarted."
                        + " Join again: join NAME");
            case EPOCH_CHANGED ->
                Optional.of("* The service has begun a new log; Lamport time starts anew. Join again: join NAME");
            case REFUSED ->
                Optional.of(
                        "* The service refuses to broadcast: " + SafeText.of(end.detail()) + ". Join again: join NAME");
        };
    }
}
