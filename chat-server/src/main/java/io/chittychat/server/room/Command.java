package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.util.Optional;

/**
 * What somebody asks of the room. Commands are validated where they enter the service; what depends on the room's state
 * is decided here, in the order of the log.
 *
 * @param <R> what comes of it when it is accepted
 */
public sealed interface Command<R extends Result> {

    /** Lets the room do what this command asks for. */
    Outcome<R> applyTo(Room room, Turn turn);

    /**
     * Enter under a name.
     *
     * @param session the session to be made
     * @param key makes the join repeatable; empty if the client gave no request id
     */
    record Join(ParticipantName name, SessionId session, Optional<JoinKey> key, long lamportTime)
            implements Command<Result.Joined> {
        @Override
        public Outcome<Result.Joined> applyTo(Room room, Turn turn) {
            return room.join(this, turn);
        }
    }

    /**
     * Say something.
     *
     * @param sequence above 0 if the publish may be repeated; 0 if not
     */
    record Publish(SessionId session, String text, long sequence, long lamportTime)
            implements Command<Result.Published> {
        @Override
        public Outcome<Result.Published> applyTo(Room room, Turn turn) {
            return room.publish(this, turn);
        }
    }

    /** Leave for good. */
    record Leave(SessionId session, long lamportTime) implements Command<Result.Left> {
        @Override
        public Outcome<Result.Left> applyTo(Room room, Turn turn) {
            return room.leave(this, turn);
        }
    }

    /** A reader opens a Broadcast on a session. */
    record Attach(SessionId session, long lamportTime) implements Command<Result.Attached> {
        @Override
        public Outcome<Result.Attached> applyTo(Room room, Turn turn) {
            return room.attach(this, turn);
        }
    }

    /**
     * A Broadcast ended.
     *
     * @param attachedAt Lamport time at which it was attached; ignored if a newer one took over
     */
    record Detach(SessionId session, long attachedAt) implements Command<Result.Detached> {
        @Override
        public Outcome<Result.Detached> applyTo(Room room, Turn turn) {
            return room.detach(this);
        }
    }

    /**
     * A session gave no sign of life for the resume window.
     *
     * @param newestJoin the session that the newest of its joins that was answered had asked for: of a join that was not
     *     repeated, the session itself. One that was ordered since then is a newer sign of life
     */
    record Expire(SessionId session, SessionId newestJoin) implements Command<Result.Left> {
        @Override
        public Outcome<Result.Left> applyTo(Room room, Turn turn) {
            return room.expire(this, turn);
        }
    }
}
