package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.util.List;

/** Shows lines to the user, each of them whole and at once. Safe for use by several threads. */
public interface Screen {

    /** Shows an event. */
    void event(Event event);

    /** Shows a line of a command's output. */
    void show(String line);

    /** Shows an error or a notice of the client. */
    void warn(String line);

    /** The line of an event, for a command's output. */
    String line(Event event);

    /** The lines of some events and the lines between them, for a command's output. */
    default List<String> lines(List<Event> events) {
        return events.stream().map(this::line).toList();
    }

    /** Draws again whatever is always visible, such as the clock. */
    default void refresh() {}
}
