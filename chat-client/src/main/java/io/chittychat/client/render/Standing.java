package io.chittychat.client.render;

import java.util.List;
import java.util.Optional;

/**
 * The participant's situation at a moment, for the prompt.
 *
 * @param server the service's address
 * @param name the participant's name; empty outside of the chat
 * @param link the connection
 * @param clock the participant's own Lamport time
 * @param waiting messages that have not been seen in the chat yet, in order
 */
public record Standing(String server, Optional<String> name, Link link, long clock, List<Waiting> waiting) {

    /** The connection, as the prompt shows it. */
    public enum Link {
        /** Not in the chat. */
        OUTSIDE,
        /** The join has no reply yet. */
        JOINING,
        /** In the chat; events arrive as they happen. */
        LIVE,
        /** In the chat; the connection is lost, and the session reconnects. */
        LOST
    }

    /**
     * A message that has not been seen in the chat yet.
     *
     * @param text the message
     * @param lamportTime its place in the log; empty before the service replies
     */
    public record Waiting(String text, Optional<Long> lamportTime) {}

    public Standing {
        waiting = List.copyOf(waiting);
    }
}
