package io.chittychat.server.log.cluster;

import io.chittychat.server.log.Journal;
import io.chittychat.server.room.SessionId;
import java.util.Map;
import java.util.Optional;

/**
 * Records a node's copy of the shared log, with the place that it has reached.
 *
 * <p>Threading: only the room thread calls it.
 */
public interface ReplicaJournal {

    /**
     * The newest event of a node.
     *
     * @param lamportTime 0 if there is none
     * @param digest of all events up to it, in hexadecimal digits; empty if there is none
     */
    record Newest(long lamportTime, String digest) {}

    /**
     * Records a batch, its place, and the presences that it changed, as a whole.
     *
     * @param place the state after the batch, without presences
     * @param changed the presences that changed; empty ones have ended
     * @throws Journal.FullException if the disk is full; nothing is recorded
     * @throws Journal.BusyException if another program uses the store; nothing is recorded
     * @throws RuntimeException if it is unknown whether the batch is recorded
     */
    void append(Journal.Batch batch, FoldState place, Map<SessionId, Optional<Presence>> changed)
            throws Journal.FullException, Journal.BusyException;

    /** Returns the newest event. */
    Newest newest();

    /** Returns the digest at an event, in hexadecimal digits; empty if it is not known any more. */
    Optional<String> digestAt(long lamportTime);
}
