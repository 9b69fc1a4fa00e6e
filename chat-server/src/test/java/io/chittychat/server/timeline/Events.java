package io.chittychat.server.timeline;

import com.google.protobuf.Timestamp;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes chains of events for tests. */
final class Events {

    private static final AtomicLong SESSIONS = new AtomicLong();
    private static final Timestamp NOW = Timestamp.getDefaultInstance();

    private long newest;

    /** Makes the event at a Lamport time, whose previous event is the one made before. */
    Event at(long lamportTime) {
        Event event = Event.newBuilder()
                .setLamportTime(lamportTime)
                .setPreviousLamportTime(newest)
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setParticipant("alice")
                .setText("message " + lamportTime)
                .setRecordedAt(NOW)
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

    /** Appends messages to a timeline, as the room does. */
    static void show(Timeline timeline, List<Event> messages, long lamportTime) {
        timeline.append(messages.stream().map(Events::published).toList(), lamportTime);
    }

    private static io.chittychat.server.room.Event published(Event message) {
        Timestamp at = message.getRecordedAt();
        io.chittychat.server.room.Event.Header header = new io.chittychat.server.room.Event.Header(
                message.getLamportTime(),
                message.getPreviousLamportTime(),
                message.getParticipantLamportTime(),
                Instant.ofEpochSecond(at.getSeconds(), at.getNanos()),
                newSession(),
                message.getParticipant());
        return new io.chittychat.server.room.Event.Published(header, message.getText(), message.getSequence());
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
            Optional<Slice> slice = view.slice(at, upTo);
            if (slice.isEmpty()) {
                return times;
            }
            times.addAll(times(slice.get().events()));
            at = slice.get().lastLamportTime();
        }
    }
}
