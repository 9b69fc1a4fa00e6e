package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.text.MessageText;
import io.chittychat.v1.PublishResponse;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends publishes, one after the other, each until it is answered. Used by the session thread only. */
final class Publisher {

    /** Hears that the service does not know the session of a stay. */
    interface UnknownSession {
        void unknown(Stay here, int life);
    }

    private final Wire wire;
    private final UnaryCaller caller;
    private final UnknownSession onUnknown;

    Publisher(Wire wire, UnaryCaller caller, UnknownSession onUnknown) {
        this.wire = wire;
        this.caller = caller;
        this.onUnknown = onUnknown;
    }

    /** Takes a text on; throws {@link ChatException} if it is not valid. */
    CompletableFuture<Published> publish(Stay here, String text) {
        MessageText.problem(text).ifPresent(problem -> {
            ErrorReason reason = ErrorReason.valueOf("TEXT_" + problem.name());
            throw new ChatException(Problem.REFUSED, reason, "the text " + problem.description(), null);
        });
        Publishing publishing =
                new Publishing(text, wire.deadline(wire.settings().publishDeadline()));
        here.track(publishing);
        if (here.isSuspended()) {
            expireInTime(publishing);
        }
        return here.inOrder(() -> {
            publishing.expire();
            send(here, publishing);
            return publishing.result();
        });
    }

    /** Sends it under the present session, unless it is done with. */
    void send(Stay here, Publishing publishing) {
        if (publishing.result().isDone()) {
            return;
        }
        int life = here.life();
        long sequence = here.nextSequence();
        publishing.sending(sequence);
        UnaryCaller.Calling<PublishResponse> calling = caller.begin(
                Requests.publish(here.token(), publishing.text(), sequence),
                here.log(),
                publishing.deadline(),
                true,
                () -> here.isOver() || here.life() != life);
        publishing.underWay(calling::mayHaveBeenDone);
        calling.result().whenComplete((reply, failure) -> {
            if (failure != null && ChatException.hasReason(failure, ErrorReason.SESSION_UNKNOWN)) {
                onUnknown.unknown(here, life);
            }
            if (here.life() != life) {
                return; // the session was lost meanwhile: the log tells what came of it
            }
            SessionThread.pass(
                    reply == null ? null : new Published(reply.getLamportTime(), sequence),
                    failure,
                    publishing.result());
        });
    }

    /** The session of a stay was lost: what waits for another one does so no longer than its deadline. */
    void suspended(Stay here) {
        here.publishings().forEach(this::expireInTime);
    }

    private void expireInTime(Publishing publishing) {
        Deadline deadline = publishing.deadline();
        wire.thread()
                .schedule(
                        publishing::expire,
                        deadline.timeRemaining(TimeUnit.NANOSECONDS) + TimeUnit.MILLISECONDS.toNanos(1),
                        TimeUnit.NANOSECONDS);
    }
}
