package io.chittychat.server.timeline;

import io.chittychat.server.room.SessionId;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes chains of events for tests. */
final class Events {

    private static final AtomicLong SESSIONS = new AtomicLong();

    private long newest;

    /** Makes the event at a Lamport time, whose previous event is the one made before. */
    Event at(long lamportTime) {
        Event event = Event.newBuilder()
                .setLamportTime(lamportTime)
                .setPreviousLamportTime(newest)
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setParticipant("alice")
                .setText("message " + lamportTime)
                .build();
        newest = lamportTime;
        return event;
    }

    /** Makes {@code count} events, each {@code step} after the one before. */
    List<Event> next(int count, int step) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(at(newest + step));
        }
        return events;
    }

    /** A session id that no other call returns. */
    static SessionId newSession() {
        return new SessionId(0, SESSIONS.incrementAndGet());
    }

    static List<Long> times(List<Event> events) {
        return events.stream().map(Event::getLamportTime).toList();
    }

    /** The times of all events after a cursor, read slice by slice. */
    static List<Long> read(View view, long cursor, long upTo) {
        List<Long> times = new ArrayList<>();
        long at = cursor;
        while (true) {
            Optional<Slice> slice = view.slice(at, upTo, Integer.MAX_VALUE);
            if (slice.isEmpty()) {
                return times;
            }
            times.addAll(times(slice.get().events()));
            at = slice.get().lastLamportTime();
        }
    }
}
