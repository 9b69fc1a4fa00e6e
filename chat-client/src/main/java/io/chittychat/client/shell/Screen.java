package io.chittychat.client.shell;

import io.chittychat.v1.Event;
import java.util.List;

/** Where things are shown. Safe for use by several threads; what is shown is shown whole and at once. */
public interface Screen {

    /** Shows an event as it is received. */
    void event(Event event);

    /** Shows what a command has to say. */
    void show(String line);

    /** Shows an error, or what the client has to say of itself. */
    void warn(String line);

    /** An event as it would be shown, for what a command has to say. */
    String line(Event event);

    /** Events as they would be shown one after the other, with what belongs between them. */
    default List<String> lines(List<Event> events) {
        return events.stream().map(this::line).toList();
    }

    /** Something that is shown all the time, such as a clock, has changed. */
    default void refresh() {}
}
