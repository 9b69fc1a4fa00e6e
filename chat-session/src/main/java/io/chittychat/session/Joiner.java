package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.chittychat.text.ParticipantName;
import io.chittychat.v1.JoinResponse;
import io.grpc.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Joins: checks the name, opens the log, calls Join, and repeats a Join whose reply was lost under the same request id.
 * Used by the session thread only.
 */
final class Joiner {

    private static final int REQUEST_ID_BYTES = 16;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final CallContext context;
    private final UnaryCaller caller;
    private final ParticipantLog.Factory logs;
    private final Consumer<IOException> onLogFailure;
    private String lastEpoch = "";

    Joiner(CallContext context, UnaryCaller caller, ParticipantLog.Factory logs, Consumer<IOException> onLogFailure) {
        this.context = context;
        this.caller = caller;
        this.logs = logs;
        this.onLogFailure = onLogFailure;
    }

    /** Joins; throws, or fails with, {@link ChatException}. */
    CompletableFuture<NewMembership> join(String rawName) {
        ParticipantName.problem(rawName).ifPresent(problem -> {
            throw new ChatException(Problem.REFUSED, ErrorReason.NAME_INVALID, "the name " + problem, null);
        });
        String name = ParticipantName.of(rawName).value();
        ParticipantLog log = openLog(name);
        Deadline deadline = context.deadline(context.settings().requestDeadline());
        return join(name, log, deadline, false, () -> false).handle((reply, failure) -> {
            if (failure != null) {
                log.close();
                throw new CompletionException(SessionThread.unwrap(failure));
            }
            return new NewMembership(new Membership(name, log, reply), reply);
        });
    }

    /**
     * Joins again for a membership whose session was lost. Repeats until it has a reply.
     *
     * @param over whether to give up
     */
    CompletableFuture<JoinResponse> rejoin(Membership membership, BooleanSupplier over) {
        return join(membership.name(), membership.log(), context.deadline(FOR_EVER), true, over);
    }

    /** A membership and the reply to its Join. */
    record NewMembership(Membership membership, JoinResponse reply) {}

    private ParticipantLog openLog(String name) {
        try {
            return logs.open(name, onLogFailure);
        } catch (IOException e) {
            throw new ChatException(Problem.LOG_UNWRITABLE, null, "cannot write the log: " + e, e);
        }
    }

    private CompletableFuture<JoinResponse> join(
            String name, ParticipantLog log, Deadline deadline, boolean persistent, BooleanSupplier over) {
        byte[] id = new byte[REQUEST_ID_BYTES];
        context.random().nextBytes(id);
        var call = ServiceCalls.join(name, HexFormat.of().formatHex(id), this::checkEpoch);
        return caller.call(call, log, deadline, persistent, over).exceptionallyCompose(failure -> {
            if (ChatException.hasReason(failure, ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD)) {
                context.clock().restart(); // the clock is that of another log
                return caller.call(call, log, deadline, persistent, over);
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    private void checkEpoch(JoinResponse reply) {
        if (!lastEpoch.isEmpty() && !lastEpoch.equals(reply.getEpoch())) {
            context.clock().restart();
        }
        lastEpoch = reply.getEpoch();
    }
}
