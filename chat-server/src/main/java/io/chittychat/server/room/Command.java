package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.util.Optional;

/**
 * A command to the room. Its values are checked where it enters the service; the room decides what depends on the
 * room's state, in the order of the log.
 *
 * @param <R> the result of the command if it is accepted
 */
public sealed interface Command<R extends Result> {

    /** Calls the method of the room for this command. */
    Outcome<R> applyTo(Room room, Turn turn);

    /**
     * Makes a participant present.
     *
     * @param session the id of the new session
     * @param key makes the join repeatable; empty if the client sent no request id
     */
    record Join(ParticipantName name, SessionId session, Optional<JoinKey> key, long lamportTime)
            implements Command<Result.Joined> {
        @Override
        public Outcome<Result.Joined> applyTo(Room room, Turn turn) {
            return room.join(this, turn);
        }
    }

    /**
     * Appends a message.
     *
     * @param sequence makes the publish repeatable; 0 if it is not
     * @param previousSequence the sequence of the session's publish that must come before this one; 0 for any
     */
    record Publish(SessionId session, String text, long sequence, long previousSequence, long lamportTime)
            implements Command<Result.Published> {

        /** A publish that may come after any other. */
        public Publish(SessionId session, String text, long sequence, long lamportTime) {
            this(session, text, sequence, 0, lamportTime);
        }

        @Override
        public Outcome<Result.Published> applyTo(Room room, Turn turn) {
            return room.publish(this, turn);
        }
    }

    /** Ends a session. */
    record Leave(SessionId session, long lamportTime) implements Command<Result.Left> {
        @Override
        public Outcome<Result.Left> applyTo(Room room, Turn turn) {
            return room.leave(this, turn);
        }
    }

    /** Notes that a Broadcast of a session is open. */
    record Attach(SessionId session, long lamportTime) implements Command<Result.Attached> {
        @Override
        public Outcome<Result.Attached> applyTo(Room room, Turn turn) {
            return room.attach(this, turn);
        }
    }

    /**
     * Notes that a Broadcast of a session has ended; changes nothing if a newer one has superseded it.
     *
     * @param attachedAt the Lamport time at which the Broadcast was attached
     */
    record Detach(SessionId session, long attachedAt) implements Command<Result.Detached> {
        @Override
        public Outcome<Result.Detached> applyTo(Room room, Turn turn) {
            return room.detach(this);
        }
    }

    /** Notes a sign of life of a session that no other command shows. */
    record Touch(SessionId session) implements Command<Result.Touched> {
        @Override
        public Outcome<Result.Touched> applyTo(Room room, Turn turn) {
            return room.touch(this);
        }
    }

    /**
     * Ends a session that gave no sign of life for the resume window. It is refused if a repeat of the session's join
     * was ordered since: that is a newer sign of life.
     *
     * @param newestJoin the session id in the newest join of the session that was answered; if the join was not
     *     repeated, the id of the session itself
     */
    record Expire(SessionId session, SessionId newestJoin) implements Command<Result.Left> {
        @Override
        public Outcome<Result.Left> applyTo(Room room, Turn turn) {
            return room.expire(this, turn);
        }
    }
}
