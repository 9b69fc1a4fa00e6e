package io.chittychat.client.shell;

import io.chittychat.session.Joined;
import java.util.OptionalLong;

/** Follows the chat without saying anything: what was said after a Lamport time, and then what is said, until the end. */
public final class Tail {

    private final Conversation conversation;
    private final HeldScreen screen;

    /** A tail of a conversation that is shown on a screen. */
    public Tail(Conversation conversation, HeldScreen screen) {
        this.conversation = conversation;
        this.screen = screen;
    }

    /**
     * Joins, and shows what was before; what follows shows itself.
     *
     * @param after events after this Lamport time, 0 for all that are kept; empty for none before one's own join
     */
    public void begin(String name, OptionalLong after) {
        screen.hold();
        try {
            Joined joined = conversation.join(name);
            after.ifPresent(from ->
                    conversation.after(from, joined.lamportTime()).forEach(event -> screen.show(screen.line(event))));
        } finally {
            screen.release();
        }
    }
}
