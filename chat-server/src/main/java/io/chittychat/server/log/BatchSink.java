package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import java.util.List;

/**
 * Takes what a batch of commands appended to the log, when it is recorded and before anybody is told: to show it to
 * readers.
 *
 * <p>Threading: called by the room thread, batch after batch.
 */
@FunctionalInterface
public interface BatchSink {

    /**
     * Takes a batch. When this returns the batch has been taken for good; an exception fails the log.
     *
     * @param events the batch's events in order; may be empty
     * @param lamportTime the room's Lamport time after the batch
     */
    void append(List<Event> events, long lamportTime);
}
