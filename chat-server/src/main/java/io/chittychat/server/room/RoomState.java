package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The complete state of a room: a room that is restored from it decides every command as the original would.
 *
 * @param lamportTime the time of the room's clock
 * @param newestEvent the Lamport time of the newest event; 0 if there is none
 * @param present the sessions of the present participants, in the order of the joins
 */
public record RoomState(long lamportTime, long newestEvent, List<Stay> present) {

    /** The state of a new room. */
    public static final RoomState EMPTY = new RoomState(0, 0, List.of());

    /**
     * The state of a session.
     *
     * @param joinedLamportTime the Lamport time of its joined event
     * @param joinedAt the time at which the window for a repeat of its join begins
     * @param key the key of its join; empty if the join is not repeatable
     */
    public record Stay(
            SessionId session,
            ParticipantName name,
            long joinedLamportTime,
            Instant joinedAt,
            Optional<JoinKey> key,
            Presence presence,
            Publishes publishes) {

        /** Returns the same state with other publishes. */
        public Stay with(Publishes other) {
            return new Stay(session, name, joinedLamportTime, joinedAt, key, presence, other);
        }
    }

    /**
     * The part of a session's state that decides whether it may expire. It is not recorded, because the session's
     * connections end with the process.
     *
     * @param newestJoin the session id in the newest of the session's joins
     * @param attachedAt the Lamport time at which its newest Broadcast was attached; 0 if none is open
     */
    public record Presence(SessionId newestJoin, long attachedAt) {

        /** Returns the presence of a session whose join was not repeated, and which has no reader. */
        public static Presence of(SessionId session) {
            return new Presence(session, 0);
        }
    }

    /**
     * The state of a session's {@link RecentPublishes}. Sequences are unsigned.
     *
     * @param forgottenThrough the highest sequence that was forgotten; 0 if none was
     * @param recent the publishes that are remembered, the oldest first
     */
    public record Publishes(long forgottenThrough, List<RecentPublish> recent) {

        /** The state without any repeatable publish. */
        public static final Publishes NONE = new Publishes(0, List.of());
    }

    /** A repeatable publish, with the Lamport time of its event. */
    public record RecentPublish(long sequence, long lamportTime) {}
}
