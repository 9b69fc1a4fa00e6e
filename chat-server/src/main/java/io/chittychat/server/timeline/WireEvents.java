package io.chittychat.server.timeline;

import com.google.protobuf.Timestamp;
import io.chittychat.server.room.Event;
import io.chittychat.v1.EventType;
import java.time.Instant;

/** Converts the room's events to the contract's. */
public final class WireEvents {

    private WireEvents() {}

    /** The event in the form that participants receive. */
    public static io.chittychat.v1.Event of(Event event) {
        Event.Header header = event.header();
        io.chittychat.v1.Event.Builder wire = io.chittychat.v1.Event.newBuilder()
                .setLamportTime(header.lamportTime())
                .setType(type(event))
                .setPreviousLamportTime(header.previousLamportTime())
                .setParticipantLamportTime(header.participantLamportTime())
                .setRecordedAt(timestamp(header.recordedAt()))
                .setParticipant(header.participant())
                .setText(event.text());
        if (event instanceof Event.Published published) {
            wire.setSequence(published.sequence());
        }
        return wire.build();
    }

    static EventType type(Event event) {
        if (event instanceof Event.Published) {
            return EventType.EVENT_TYPE_PUBLISHED;
        }
        return event instanceof Event.Joined ? EventType.EVENT_TYPE_JOINED : EventType.EVENT_TYPE_LEFT;
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
