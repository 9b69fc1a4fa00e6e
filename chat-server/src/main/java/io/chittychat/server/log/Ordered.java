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
 * A command on its way through the log, with whoever waits for what becomes of it.
 *
 * <p>Threading: handed from the submitting thread to the room thread, which then owns it.
 *
 * @param <R> what comes of the command when it is accepted
 */
public final class Ordered<R extends Result> {

    private static final Logger LOG = LoggerFactory.getLogger(Ordered.class);

    private final Command<R> command;
    private final Reply<R> reply;
    private Instant at = Instant.EPOCH;
    private @Nullable Outcome<R> outcome;
    private boolean told;

    /** A command that is to be ordered. */
    public Ordered(Command<R> command, Reply<R> reply) {
        this.command = command;
        this.reply = reply;
    }

    /**
     * It has its place.
     *
     * @param time by the wall clock of what ordered it; to the microsecond, so that an event is the same whether it is live or
     *     was recorded
     */
    public void orderedAt(Instant time) {
        at = time;
    }

    Instant at() {
        return at;
    }

    /** Has the room do it, without telling anybody yet. */
    void apply(Room room, Turn.Space space) {
        outcome = room.apply(command, new Turn(at, space));
    }

    /** The event that it appended, if any. */
    Optional<Event> event() {
        return outcome == null ? Optional.empty() : outcome.event();
    }

    /** The session that it made, if any. */
    Optional<Result.Joined> join() {
        return outcome instanceof Outcome.Accepted<R> accepted
                        && accepted.result() instanceof Result.Joined joined
                        && !joined.repeated()
                ? Optional.of(joined)
                : Optional.empty();
    }

    /** Tells what became of it. */
    void tell() {
        if (outcome != null) {
            tell(outcome);
        }
    }

    /** Tells that nothing became of it, unless it was told something else already. */
    public void refuse(Refusal refusal) {
        tell(Outcome.refused(refusal));
    }

    /** Whatever goes wrong with a reply is its caller's affair: the log goes on, and the others are told. */
    private void tell(Outcome<R> result) {
        if (told) {
            return;
        }
        told = true;
        try {
            result.tell(reply);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A reply to {} failed; the command itself is done",
                    command.getClass().getSimpleName(),
                    e);
        }
    }
}
