package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.log.CommandLog;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Session;
import io.chittychat.server.room.SessionId;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Publishes messages, of unary calls and of streams.
 *
 * <p>Threading: any thread may call it; the room thread delivers the outcome of a message.
 */
public final class Publishing {

    private final CommandLog log;
    private final ParticipantRegistry participants;
    private final Leases leases;
    private final Gate gate;
    private final Validation validation;
    private final CatchingUp catchingUp;
    private final ServiceLog serviceLog;

    public Publishing(
            CommandLog log,
            ParticipantRegistry participants,
            Leases leases,
            Gate gate,
            Validation validation,
            CatchingUp catchingUp,
            ServiceLog serviceLog) {
        this.log = log;
        this.participants = participants;
        this.leases = leases;
        this.gate = gate;
        this.validation = validation;
        this.catchingUp = catchingUp;
        this.serviceLog = serviceLog;
    }

    /** Publishes the message of a unary call. */
    void publish(SessionId session, PublishRequest request, Answer<PublishResponse> answer) {
        catchingUp.run(request.getLamportTime(), () -> publishNow(session, request, answer), answer::fail);
    }

    private void publishNow(SessionId session, PublishRequest request, Answer<PublishResponse> answer) {
        Optional<Status> problem = problem(session, request);
        if (problem.isPresent()) {
            answer.fail(problem.get());
            return;
        }
        long receivedAt = System.nanoTime();
        log.submit(command(session, request), leases.holdUntilAnswered(session, new Reply<>() {
            @Override
            public void accepted(Result.Published published) {
                serviceLog.acknowledged(receivedAt);
                PublishResponse response = PublishResponse.newBuilder()
                        .setLamportTime(published.lamportTime())
                        .setSequence(request.getSequence())
                        .build();
                answer.succeed(response, published.participant(), published.lamportTime());
            }

            @Override
            public void refused(Refusal refusal) {
                answer.fail(failure(session, refusal));
            }
        }));
    }

    /** Returns the error for a message that the room, or the log, refused. The thread that refused it calls this. */
    public Status failure(SessionId session, Refusal refusal) {
        return refusal == Refusal.SEQUENCE_GAP
                ? Failures.sequenceGap(
                        participants.find(session).map(Session::newestSequence).orElse(0L))
                : Failures.of(refusal);
    }

    /** Returns the order of the messages of a new stream. */
    public MessageOrder newOrder() {
        return new MessageOrder(catchingUp);
    }

    /**
     * Publishes a message of a stream. The stream must keep the session alive, by {@link #hold}.
     *
     * @param order the stream's
     * @param refuse takes the error, if the message is refused without asking the room
     * @param reply takes the room's outcome otherwise
     */
    public void publish(
            MessageOrder order,
            SessionId session,
            PublishRequest request,
            Consumer<Status> refuse,
            Reply<Result.Published> reply) {
        long time = request.getLamportTime();
        if (order.isFree(time)) {
            publishNow(session, request, refuse, reply);
        } else {
            order.run(time, () -> publishNow(session, request, refuse, reply), refuse);
        }
    }

    private void publishNow(
            SessionId session, PublishRequest request, Consumer<Status> refuse, Reply<Result.Published> reply) {
        Optional<Status> problem = problem(session, request);
        if (problem.isPresent()) {
            refuse.accept(problem.get());
        } else {
            log.submit(command(session, request), reply);
        }
    }

    /** Why a message is refused without asking the room: it comes too soon, or it is invalid in any state. */
    private Optional<Status> problem(SessionId session, PublishRequest request) {
        Optional<Status> tooSoon = gate.publish(session);
        return tooSoon.isPresent()
                ? tooSoon
                : validation
                        .publish(request)
                        .or(() -> validation.leap(request.getLamportTime(), () -> gate.isPresent(session)));
    }

    private static Command.Publish command(SessionId session, PublishRequest request) {
        return new Command.Publish(
                session,
                request.getText(),
                request.getSequence(),
                request.getPreviousSequence(),
                request.getLamportTime());
    }

    /** Keeps a session alive until {@link #release}. Returns whether there is such a session. */
    public boolean hold(SessionId session) {
        return leases.hold(session);
    }

    /** Ends one {@link #hold} of a session. */
    public void release(SessionId session) {
        leases.release(session);
    }

    /** The name of a session's participant; empty if there is no such session. */
    public String nameOf(SessionId session) {
        return participants.find(session).map(Session::participant).orElse("");
    }
}
