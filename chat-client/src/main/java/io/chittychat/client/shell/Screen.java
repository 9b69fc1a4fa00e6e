package io.chittychat.client.shell;

/** Where lines are shown. Safe for use by several threads; a line is shown whole and at once. */
public interface Screen {

    /** Shows an event, or what a command has to say. */
    void show(String line);

    /** Shows an error, or what the client has to say of itself. */
    void warn(String line);
}
