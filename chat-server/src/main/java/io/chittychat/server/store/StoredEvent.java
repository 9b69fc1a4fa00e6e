package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.JoinKey;
import java.util.Optional;

/**
 * An event as it is recorded.
 *
 * @param join what a joined event records for its session; empty for other events
 */
record StoredEvent(Event event, Optional<Join> join) {

    /**
     * What is recorded of a join beside its event.
     *
     * @param nameKey equal for two names exactly if they are the same name
     * @param key of a repeatable join
     */
    record Join(String nameKey, Optional<JoinKey> key) {}

    static StoredEvent of(Event event) {
        return new StoredEvent(event, Optional.empty());
    }

    long lamportTime() {
        return event.header().lamportTime();
    }

    /** Of the event and of everything before it. */
    Digest digest(Digest previous, Digester digester) {
        Event.Header header = event.header();
        digester.begin('e')
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

    /** Of a repeatable publish; 0 for everything else. */
    long sequence() {
        return event instanceof Event.Published published ? published.sequence() : 0;
    }
}
