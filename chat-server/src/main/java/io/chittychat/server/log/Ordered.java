package io.chittychat.server.log;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in the log, with the reply that its caller waits for.
 *
 * <p>Threading: the submitting thread creates it, and hands it to the room thread.
 *
 * @param <R> the result of the command if it is accepted
 */
public final class Ordered<R extends Result> {

    private static final Logger LOG = LoggerFactory.getLogger(Ordered.class);

    private final Command<R> command;
    private final Reply<R> reply;
    private Instant at = Instant.EPOCH;
    private @Nullable Outcome<R> outcome;
    private boolean answered;

    public Ordered(Command<R> command, Reply<R> reply) {
        this.command = command;
        this.reply = reply;
    }

    /**
     * Sets the time at which the command was ordered.
     *
     * @param time by the wall clock of the process that ordered it, to the microsecond, which is what the store records
     */
    public void orderedAt(Instant time) {
        at = time;
    }

    Instant at() {
        return at;
    }

    /** Has the room apply the command. The caller is not answered yet. */
    void apply(Room room, Turn.Space space) {
        outcome = room.apply(command, new Turn(at, space));
    }

    /** Returns the event that the command appended; empty if it appended none. */
    Optional<Event> event() {
        return outcome == null ? Optional.empty() : outcome.event();
    }

    /** Returns the result of a join that made a session; empty for all other commands. */
    Optional<Result.Joined> join() {
        return outcome instanceof Outcome.Accepted<R> accepted
                        && accepted.result() instanceof Result.Joined joined
                        && !joined.repeated()
                ? Optional.of(joined)
                : Optional.empty();
    }

    /** Answers the caller with the outcome. */
    void answer() {
        if (outcome != null) {
            answer(outcome);
        }
    }

    /** Answers the caller with a refusal, unless the caller was answered already. */
    public void refuse(Refusal refusal) {
        answer(Outcome.refused(refusal));
    }

    /** Answers the caller. If that fails, the log goes on, because the command is applied already. */
    private void answer(Outcome<R> result) {
        if (answered) {
            return;
        }
        answered = true;
        try {
            result.passTo(reply);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A reply to {} failed; the command itself was applied",
                    command.getClass().getSimpleName(),
                    e);
        }
    }
}
