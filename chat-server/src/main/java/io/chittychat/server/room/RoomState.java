package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.util.List;
import java.util.Optional;

/**
 * What of a room outlives its process.
 *
 * @param lamportTime the Lamport time that the room had reached
 * @param newestEvent Lamport time of the newest event; 0 if there was none
 * @param present those who were present, in the order in which they joined
 */
public record RoomState(long lamportTime, long newestEvent, List<Stay> present) {

    /** A room in which nothing has happened. */
    public static final RoomState EMPTY = new RoomState(0, 0, List.of());

    /**
     * A session.
     *
     * @param recent its last repeatable publishes, the oldest first
     */
    public record Stay(
            SessionId session,
            ParticipantName name,
            long joinedLamportTime,
            Optional<JoinKey> key,
            List<RecentPublish> recent) {}

    /** A publish that may be repeated. */
    public record RecentPublish(long sequence, long lamportTime) {}
}
