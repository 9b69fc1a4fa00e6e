package io.chittychat.session;

import io.chittychat.v1.Event;
import java.util.List;

/**
 * A page of history.
 *
 * @param events the events in order; their text comes from other participants, untouched
 * @param lamportTime the service's Lamport time at the reading
 */
public record EventPage(List<Event> events, long lamportTime) {

    public EventPage {
        events = List.copyOf(events);
    }
}
