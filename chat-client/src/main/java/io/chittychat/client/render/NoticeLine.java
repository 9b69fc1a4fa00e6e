package io.chittychat.client.render;

import io.chittychat.session.Joined;
import io.chittychat.session.SessionEnd;
import io.chittychat.text.SafeText;
import java.util.Optional;

/** Notices of the client about connection, session and results; most are lines that begin with a star. */
public final class NoticeLine {

    private NoticeLine() {}

    /** The connection is lost. */
    public static String lost(String server) {
        return "* Connection to " + SafeText.of(server) + " lost; reconnecting.";
    }

    /**
     * The connection is back.
     *
     * @param address the address, if it may be another one
     */
    public static String resumed(Optional<String> address, boolean missedSomething) {
        String again = "* Connected again"
                + address.map(to -> " to " + SafeText.of(to)).orElse("");
        return missedSomething ? again + "." : again + "; nothing was missed.";
    }

    /**
     * Where the participant is connected.
     *
     * @param address from which events came last
     */
    public static String connectedTo(String address, boolean reconnecting) {
        return (reconnecting ? "  reconnecting; last connected to " : "  connected to ") + SafeText.of(address);
    }

    /** The session was replaced by a new one. */
    public static String rejoined(Joined joined, long after) {
        String name = SafeText.of(joined.name());
        return after == 0
                ? "* The service has begun a new log, in which Lamport time starts again. Joined it as " + name + "."
                : "* The session expired; joined again as " + name + " at Lamport time " + joined.lamportTime()
                        + ". The others saw you leave and join. The events after " + after + " follow.";
    }

    /** The end of a history. */
    public static String history(int count) {
        return count == 0 ? "* No events." : "* " + count + (count == 1 ? " event." : " events.");
    }

    /** The end of the results of a search. */
    public static String found(int count, int max) {
        return count == 0
                ? "* Nothing found."
                : "* " + count + " found" + (count == max ? ", the newest; there may be more." : ".");
    }

    /** Events between two Lamport times, both exclusive, were not received. */
    public static String missed(long after, long before) {
        return "* Some events between Lamport times " + after + " and " + before + " were not received.";
    }

    /** The log file cannot be written. */
    public static String logFailed(String problem) {
        return "* Cannot write the log file any more (" + SafeText.of(problem) + "); the chat continues without it.";
    }

    /** The reason why a session ended; empty if the participant ended it. */
    public static Optional<String> ended(SessionEnd end) {
        return switch (end.reason()) {
            case LEFT, CLOSED -> Optional.empty();
            case NAME_TAKEN ->
                Optional.of(
                        "* The session expired, and another participant has taken the name. Choose another name: join NAME");
            case SUPERSEDED -> Optional.of("* Another client has taken over this session. Join again: join NAME");
            case SESSION_UNKNOWN ->
                Optional.of("* The service no longer knows this session: it expired, or the service was restarted."
                        + " Join again: join NAME");
            case EPOCH_CHANGED ->
                Optional.of(
                        "* The service has begun a new log, in which Lamport time starts again. Join again: join NAME");
            case REFUSED ->
                Optional.of(
                        "* The service ended the session: " + SafeText.of(end.detail()) + ". Join again: join NAME");
        };
    }
}
