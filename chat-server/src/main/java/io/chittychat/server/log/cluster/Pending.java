package io.chittychat.server.log.cluster;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proposal of this node, with the reply that its caller waits for.
 *
 * @param <R> the result of the proposal if it is accepted
 */
record Pending<R extends Result>(Proposal proposal, Reply<R> reply) {

    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    static <R extends Result> Pending<R> of(Command<R> command, Reply<R> reply) {
        return new Pending<>(new Proposal.ForRoom(command), reply);
    }

    /** A proposal of the node itself. */
    static Pending<Result.Detached> of(Proposal proposal) {
        return new Pending<>(proposal, Reply.ignored());
    }

    /** About the size of the proposal in an entry, in bytes. */
    int size() {
        return proposal instanceof Proposal.ForRoom forRoom && forRoom.command() instanceof Command.Publish publish
                ? 64 + 3 * publish.text().length()
                : 256;
    }

    /** Answers the caller. If that fails, the log goes on, because the proposal is applied already. */
    @SuppressWarnings("unchecked") // the outcome is that of this proposal
    void answer(Outcome<?> outcome) {
        try {
            ((Outcome<R>) outcome).passTo(reply);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A reply to {} failed; the command itself was decided",
                    proposal.getClass().getSimpleName(),
                    e);
        }
    }

    void refuse(Refusal refusal) {
        answer(Outcome.refused(refusal));
    }
}
