package io.chittychat.client.shell;

/** Publishes what the user says. */
@FunctionalInterface
public interface Speaker {

    /** Publishes a text, or throws {@link io.chittychat.session.ChatException} if that has failed already. */
    void say(String text);
}
