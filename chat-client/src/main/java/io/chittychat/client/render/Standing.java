package io.chittychat.client.render;

import java.util.List;
import java.util.Optional;

/**
 * How one stands with the chat at a moment: what a prompt shows.
 *
 * @param server the service's address
 * @param name one's own name; empty before a join
 * @param link the connection
 * @param clock one's own Lamport time
 * @param waiting what was said and is not seen in the chat yet, in order
 */
public record Standing(String server, Optional<String> name, Link link, long clock, List<Waiting> waiting) {

    /** The connection, as it matters to whoever types. */
    public enum Link {
        /** Not in the chat. */
        OUTSIDE,
        /** Asking to be let in. */
        JOINING,
        /** In the chat; events arrive as they happen. */
        LIVE,
        /** In the chat, and trying to get back to it. */
        LOST
    }

    /**
     * Something said that is not seen in the chat yet.
     *
     * @param text what was said
     * @param lamportTime its place in the log, if the service has told
     */
    public record Waiting(String text, Optional<Long> lamportTime) {}

    public Standing {
        waiting = List.copyOf(waiting);
    }
}
