package io.chittychat.server.room;

import java.util.Optional;

/**
 * The outcome of a command.
 *
 * @param <R> the result if the command is accepted
 */
public sealed interface Outcome<R extends Result> {

    /** Returns the event that the command appended; empty if it appended none. */
    Optional<Event> event();

    /** Passes this outcome to a reply. */
    void passTo(Reply<R> reply);

    /** The command was applied. */
    record Accepted<R extends Result>(R result, Optional<Event> event) implements Outcome<R> {
        @Override
        public void passTo(Reply<R> reply) {
            reply.accepted(result);
        }
    }

    /** The command was refused, and changed nothing. */
    record Refused<R extends Result>(Refusal refusal) implements Outcome<R> {
        @Override
        public Optional<Event> event() {
            return Optional.empty();
        }

        @Override
        public void passTo(Reply<R> reply) {
            reply.refused(refusal);
        }
    }

    /** The outcome of a command that appended an event. */
    static <R extends Result> Outcome<R> appended(R result, Event event) {
        return new Accepted<>(result, Optional.of(event));
    }

    /** The outcome of a command that was accepted without an event. */
    static <R extends Result> Outcome<R> done(R result) {
        return new Accepted<>(result, Optional.empty());
    }

    /** The outcome of a command that was refused. */
    static <R extends Result> Outcome<R> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
