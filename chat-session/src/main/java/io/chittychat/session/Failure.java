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
 * How a call failed, as the error contract reads it. A failure without a reason of the contract says nothing about what
 * became of the request, unless its status is one that transports give to a request that they did not pass on.
 *
 * @param decided whether the service itself gave a reason of the contract, perhaps one that is newer than this library
 * @param reason that reason, if this library knows it
 * @param metadata the reason's details, for example {@code oldest}
 * @param retryAfter how long the service asks to wait; zero if it does not
 */
record Failure(
        Status status,
        boolean decided,
        @Nullable ErrorReason reason,
        Map<String, String> metadata,
        Duration retryAfter,
        Throwable cause) {

    /** How gRPC begins to describe what HTTP/2 says of a connection, a busy one with ENHANCE_YOUR_CALM among it. */
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

    /** Whether the same request may be answered if it is sent again. */
    boolean isPassing() {
        return decided
                ? status.getCode() == Status.Code.UNAVAILABLE || status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                : !isFinalWithoutReason();
    }

    /** Whether a stream that ended so may be had again; a large reply to one request need not come to the next. */
    boolean isPassingForStream() {
        return isPassing() || (!decided && status.getCode() == Status.Code.RESOURCE_EXHAUSTED);
    }

    /** Whether the attempt that failed so did nothing; otherwise its effect is not known. */
    boolean isRefusal() {
        return decided
                ? status.getCode() != Status.Code.UNAVAILABLE // the service may stop, or fail, with the request in hand
                        && reason != ErrorReason.SEQUENCE_FORGOTTEN
                : isFinalWithoutReason()
                        && status.getCode() != Status.Code.RESOURCE_EXHAUSTED; // the reply was too large
    }

    /** Whether an equal request fails in the same way: the end of a connection has other statuses. */
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

    /** Whether the failure tells that no earlier attempt at the request was successful either. */
    private boolean settles() {
        return reason != null
                && !isPassing()
                && reason != ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD
                && reason != ErrorReason.SEQUENCE_FORGOTTEN;
    }

    /**
     * What to tell the caller.
     *
     * @param mayHaveReached whether any attempt was given to a connection
     * @param mayHaveBeenDone whether the effect of any attempt is not known
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
