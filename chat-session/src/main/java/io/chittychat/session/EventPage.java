package io.chittychat.session;

import io.chittychat.v1.Event;
import java.util.List;

/**
 * A page of history.
 *
 * @param events in order; their text is foreign and untouched
 * @param lamportTime the service's Lamport time of reading
 */
public record EventPage(List<Event> events, long lamportTime) {

    public EventPage {
        events = List.copyOf(events);
    }
}
