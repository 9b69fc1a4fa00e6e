package io.chittychat.client.shell;

/** How a message is said. */
@FunctionalInterface
public interface Speaker {

    /** Says it; throws {@link io.chittychat.session.ChatException} if it is known by then that it was not said. */
    void say(String text);
}
