package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import java.util.List;

/**
 * Shows the events of a batch to readers. It is called after the batch is recorded, and before its callers are
 * answered.
 *
 * <p>Threading: the room thread calls it, batch after batch.
 */
@FunctionalInterface
public interface BatchSink {

    /**
     * Shows a batch. An exception makes the log fail.
     *
     * @param events the batch's events, in order; may be empty
     * @param lamportTime the room's Lamport time after the batch
     */
    void append(List<Event> events, long lamportTime);
}
