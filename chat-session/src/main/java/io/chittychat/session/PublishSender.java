package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.text.MessageText;
import io.chittychat.v1.PublishResponse;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends publishes one after the other, and repeats each until it has a reply. Used by the session thread only. */
final class PublishSender {

    /** Is told that the service does not know the session of a membership. */
    interface UnknownSession {
        void unknown(Membership membership, int generation);
    }

    private final CallContext context;
    private final UnaryCaller caller;
    private final UnknownSession onUnknown;

    PublishSender(CallContext context, UnaryCaller caller, UnknownSession onUnknown) {
        this.context = context;
        this.caller = caller;
        this.onUnknown = onUnknown;
    }

    /** Accepts a text; throws {@link ChatException} if it is not valid. */
    CompletableFuture<Published> publish(Membership membership, String text) {
        MessageText.problem(text).ifPresent(problem -> {
            ErrorReason reason = ErrorReason.valueOf("TEXT_" + problem.name());
            throw new ChatException(Problem.REFUSED, reason, "the text " + problem.description(), null);
        });
        PendingPublish pending =
                new PendingPublish(text, context.deadline(context.settings().publishDeadline()));
        membership.publishes().track(pending);
        if (membership.isSuspended()) {
            expireInTime(pending);
        }
        return membership.inOrder(() -> {
            pending.expire();
            send(membership, pending);
            return pending.result();
        });
    }

    /** Sends a publish in the current session, unless it has completed. */
    void send(Membership membership, PendingPublish pending) {
        if (pending.result().isDone()) {
            return;
        }
        int generation = membership.generation();
        long sequence = membership.nextSequence();
        pending.sending(sequence);
        Predecessor predecessor = membership.predecessor();
        UnaryCaller.Calling<PublishResponse> calling = caller.begin(
                ServiceCalls.publish(membership.token(), pending.text(), sequence, predecessor),
                membership.log(),
                pending.deadline(),
                true,
                () -> membership.isOver() || membership.generation() != generation);
        pending.underWay(calling::mayHaveBeenDone);
        calling.result().whenComplete((reply, failure) -> {
            if (failure != null && ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)) {
                onUnknown.unknown(membership, generation);
            }
            if (membership.generation() != generation) {
                return; // the session was lost meanwhile: the log decides the result
            }
            if (reply != null) {
                predecessor.acknowledged(sequence);
            }
            SessionThread.pass(
                    reply == null ? null : new Published(reply.getLamportTime(), sequence), failure, pending.result());
        });
    }

    /** The session is lost: its publishes wait for a new session until their deadlines. */
    void suspended(Membership membership) {
        membership.publishes().all().forEach(this::expireInTime);
    }

    private void expireInTime(PendingPublish pending) {
        Deadline deadline = pending.deadline();
        context.thread()
                .schedule(
                        pending::expire,
                        deadline.timeRemaining(TimeUnit.NANOSECONDS) + TimeUnit.MILLISECONDS.toNanos(1),
                        TimeUnit.NANOSECONDS);
    }
}
