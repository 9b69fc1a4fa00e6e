package io.chittychat.client.shell;

import org.jspecify.annotations.Nullable;

/** Whether one is in the chat, and as whom. Safe for use by several threads; informative, for the prompt. */
public final class Presence {

    private volatile @Nullable String name;

    void joinedAs(String name) {
        this.name = name;
    }

    void gone() {
        name = null;
    }

    /** The prompt that shows it. */
    public String prompt() {
        String present = name;
        return (present == null ? "chitty-chat" : present) + "> ";
    }
}
