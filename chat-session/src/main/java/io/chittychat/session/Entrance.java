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
 * How a stay begins: checks the name, opens the log, and joins, repeating a Join whose reply was lost under the same
 * request id. Used by the session thread only.
 */
final class Entrance {

    private static final int REQUEST_ID_BYTES = 16;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Wire wire;
    private final UnaryCaller caller;
    private final ParticipantLog.Factory logs;
    private final Consumer<IOException> onLogFailure;
    private String lastEpoch = "";

    Entrance(Wire wire, UnaryCaller caller, ParticipantLog.Factory logs, Consumer<IOException> onLogFailure) {
        this.wire = wire;
        this.caller = caller;
        this.logs = logs;
        this.onLogFailure = onLogFailure;
    }

    /** Joins; throws, or fails with, {@link ChatException}. */
    CompletableFuture<Arrival> enter(String rawName) {
        ParticipantName.problem(rawName).ifPresent(problem -> {
            throw new ChatException(Problem.REFUSED, ErrorReason.NAME_INVALID, "the name " + problem, null);
        });
        String name = ParticipantName.of(rawName).value();
        ParticipantLog log = openLog(name);
        Deadline deadline = wire.deadline(wire.settings().requestDeadline());
        return join(name, log, deadline, false, () -> false).handle((reply, failure) -> {
            if (failure != null) {
                log.close();
                throw new CompletionException(SessionThread.unwrap(failure));
            }
            return new Arrival(new Stay(name, log, reply), reply);
        });
    }

    /**
     * Joins once more under the name of a stay whose session was lost, for as long as it takes.
     *
     * @param over whether nobody wants it any more
     */
    CompletableFuture<JoinResponse> enterAgain(Stay stay, BooleanSupplier over) {
        return join(stay.name(), stay.log(), wire.deadline(FOR_EVER), true, over);
    }

    /** A stay and the reply that it began with. */
    record Arrival(Stay stay, JoinResponse reply) {}

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
        wire.random().nextBytes(id);
        var call = Requests.join(name, HexFormat.of().formatHex(id), this::checkEpoch);
        return caller.call(call, log, deadline, persistent, over).exceptionallyCompose(failure -> {
            if (ChatException.hasReason(failure, ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD)) {
                wire.clock().restart(); // it is from the life of another log
                return caller.call(call, log, deadline, persistent, over);
            }
            return CompletableFuture.failedFuture(failure);
        });
    }

    private void checkEpoch(JoinResponse reply) {
        if (!lastEpoch.isEmpty() && !lastEpoch.equals(reply.getEpoch())) {
            wire.clock().restart();
        }
        lastEpoch = reply.getEpoch();
    }
}
