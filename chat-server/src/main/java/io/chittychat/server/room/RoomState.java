package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All of a room's state that decides: a room that is restored from it answers every command as the room did that it was taken from.
 *
 * @param lamportTime the Lamport time that the room had reached
 * @param newestEvent Lamport time of the newest event; 0 if there was none
 * @param present the sessions of present participants, in the order in which they joined
 */
public record RoomState(long lamportTime, long newestEvent, List<Stay> present) {

    /** A room in which nothing has happened. */
    public static final RoomState EMPTY = new RoomState(0, 0, List.of());

    /**
     * A session.
     *
     * @param joinedAt from when its join may be repeated for a resume window
     * @param key makes its join repeatable; empty if the client gave no request id
     */
    public record Stay(
            SessionId session,
            ParticipantName name,
            long joinedLamportTime,
            Instant joinedAt,
            Optional<JoinKey> key,
            Presence presence,
            Publishes publishes) {

        /** The same session with other publishes. */
        public Stay with(Publishes other) {
            return new Stay(session, name, joinedLamportTime, joinedAt, key, presence, other);
        }
    }

    /**
     * What decides whether a session may expire. It ends with the process that its readers are connected to.
     *
     * @param newestJoin the session that the newest of its repeated joins asked for
     * @param attachedAt Lamport time of its newest Broadcast; 0 if none is open
     */
    public record Presence(SessionId newestJoin, long attachedAt) {

        /** Of a session that was joined once and has no reader. */
        public static Presence of(SessionId session) {
            return new Presence(session, 0);
        }
    }

    /**
     * What is known of a session's repeatable publishes. Sequences are unsigned.
     *
     * @param forgottenThrough the highest sequence that was forgotten; 0 if none was
     * @param recent those that are remembered, the oldest first
     */
    public record Publishes(long forgottenThrough, List<RecentPublish> recent) {

        /** Nothing was published. */
        public static final Publishes NONE = new Publishes(0, List.of());
    }

    /** A publish that may be repeated. */
    public record RecentPublish(long sequence, long lamportTime) {}
}
