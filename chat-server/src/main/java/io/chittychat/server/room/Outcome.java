package io.chittychat.server.room;

import java.util.Optional;

/**
 * What became of a command.
 *
 * @param <R> what comes of it when it is accepted
 */
public sealed interface Outcome<R extends Result> {

    /** The event that it appended to the log, if it appended one. */
    Optional<Event> event();

    /** Tells whoever asked. */
    void tell(Reply<R> reply);

    /** It was done. */
    record Accepted<R extends Result>(R result, Optional<Event> event) implements Outcome<R> {
        @Override
        public void tell(Reply<R> reply) {
            reply.accepted(result);
        }
    }

    /** It was not done, and nothing changed. */
    record Refused<R extends Result>(Refusal refusal) implements Outcome<R> {
        @Override
        public Optional<Event> event() {
            return Optional.empty();
        }

        @Override
        public void tell(Reply<R> reply) {
            reply.refused(refusal);
        }
    }

    /** Done, and it is in the log. */
    static <R extends Result> Outcome<R> appended(R result, Event event) {
        return new Accepted<>(result, Optional.of(event));
    }

    /** Done, without an event. */
    static <R extends Result> Outcome<R> done(R result) {
        return new Accepted<>(result, Optional.empty());
    }

    /** Not done. */
    static <R extends Result> Outcome<R> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
