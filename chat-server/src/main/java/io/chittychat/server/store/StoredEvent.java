package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import java.util.Optional;

/**
 * An event with all that its row has.
 *
 * @param join the session's part of the row of a joined event; empty for other events
 */
record StoredEvent(Event event, Optional<Join> join) {

    /**
     * The part of a joined event's row that only its session needs.
     *
     * @param nameKey the key by which names are compared
     * @param key the key of a repeatable join; empty if the join is not repeatable
     */
    record Join(String nameKey, Optional<JoinKey> key) {}

    static StoredEvent of(Event event) {
        return new StoredEvent(event, Optional.empty());
    }

    long lamportTime() {
        return event.header().lamportTime();
    }

    /** Computes the digest of this event and, by the digest of the previous one, of all events before it. */
    Digest digest(Digest previous) {
        Event.Header header = event.header();
        Digester digester = Digester.begin('e')
                .put(previous)
                .put(header.lamportTime())
                .put(header.previousLamportTime())
                .put(header.participantLamportTime())
                .put(Columns.micros(header.recordedAt()))
                .put(header.session())
                .put(header.participant())
                .put(Columns.type(event))
                .put(event.text())
                .put(sequence());
        join.ifPresent(recorded -> digester.put(recorded.nameKey()).put(recorded.key()));
        return digester.end();
    }

    /** Returns the sequence of a repeatable publish; 0 for all other events. */
    long sequence() {
        return event instanceof Event.Published published ? published.sequence() : 0;
    }
}
