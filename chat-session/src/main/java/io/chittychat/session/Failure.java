package io.chittychat.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException.Problem;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a call, read by the error contract. A failure without a reason of the contract leaves open whether the
 * request had an effect, unless its status is one of those for requests that a transport refused.
 *
 * @param decided whether the service gave a reason of the contract, perhaps one that is newer than this library
 * @param reason that reason, if this library knows it
 * @param metadata the details of the reason, for example {@code oldest}
 * @param retryAfter the wait that the service asks for; zero for none
 */
record Failure(
        Status status,
        boolean decided,
        @Nullable ErrorReason reason,
        Map<String, String> metadata,
        Duration retryAfter,
        Throwable cause) {

    /** The begin of gRPC's description of an HTTP/2 error, for example ENHANCE_YOUR_CALM of a busy connection. */
    private static final String HTTP2_ERROR = "HTTP/2 error code";

    static Failure of(Throwable cause) {
        com.google.rpc.Status detailed = StatusProto.fromThrowable(cause);
        Optional<ErrorInfo> info = Optional.ofNullable(detailed).flatMap(ErrorReason::info);
        return new Failure(
                Status.fromThrowable(cause),
                info.isPresent(),
                ErrorReason.of(cause).orElse(null),
                info.map(ErrorInfo::getMetadataMap).orElse(Map.of()),
                detailed == null ? Duration.ZERO : retryAfter(detailed),
                cause);
    }

    private static Duration retryAfter(com.google.rpc.Status status) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                try {
                    var delay = detail.unpack(RetryInfo.class).getRetryDelay();
                    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
                } catch (InvalidProtocolBufferException e) {
                    return Duration.ZERO;
                }
            }
        }
        return Duration.ZERO;
    }

    String outcome() {
        return status.getCode().name();
    }

    String description() {
        String description = status.getDescription();
        return description == null ? outcome() : description;
    }

    /** Whether the same request may succeed if it is repeated. */
    boolean isPassing() {
        return decided
                ? status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                : !isFinalWithoutReason();
    }

    /** Whether a stream that ended like this may be resumed; the next message need not be too large as well. */
    boolean isPassingForStream() {
        return isPassing() || (!decided && status.getCode() == Status.Code.RESOURCE_EXHAUSTED);
    }

    /** Whether the failed attempt had no effect; otherwise its effect is unknown. */
    boolean isRefusal() {
        return decided
                ? status.getCode() != Status.Code.UNAVAILABLE // it may stop or fail while it handles the request
                        && reason != ErrorReason.SEQUENCE_FORGOTTEN
                : isFinalWithoutReason()
                        && status.getCode() != Status.Code.RESOURCE_EXHAUSTED; // the reply was too large
    }

    /** Whether a repeated request would fail in the same way. A broken connection has other statuses. */
    private boolean isFinalWithoutReason() {
        return switch (status.getCode()) {
            case UNIMPLEMENTED,
                    INVALID_ARGUMENT,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE -> true;
            case RESOURCE_EXHAUSTED -> !description().contains(HTTP2_ERROR);
            default -> false;
        };
    }

    /** Whether the failure proves that no earlier attempt succeeded. */
    private boolean settles() {
        return reason != null
                && !isPassing()
                && reason != ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD
                && reason != ErrorReason.SEQUENCE_FORGOTTEN
                && reason != ErrorReason.SEQUENCE_GAP; // of another publish
    }

    /**
     * The exception for the caller.
     *
     * @param mayHaveReached whether an attempt was given to a connection
     * @param mayHaveBeenDone whether the effect of an attempt is unknown
     */
    ChatException toException(String rpc, boolean mayHaveReached, boolean mayHaveBeenDone) {
        if (!decided && isPassing() && !mayHaveReached) {
            return new ChatException(Problem.UNREACHABLE, null, rpc + ": " + Cause.of(status), cause);
        }
        if (mayHaveBeenDone && !settles()) {
            String why = decided ? description() : Cause.of(status);
            return new ChatException(Problem.NO_ANSWER, reason, rpc + ": " + why, cause);
        }
        boolean isKnown = decided || status.getCode() != Status.Code.UNIMPLEMENTED;
        return new ChatException(isKnown ? Problem.REFUSED : Problem.NOT_SUPPORTED, reason, description(), cause);
    }
}
