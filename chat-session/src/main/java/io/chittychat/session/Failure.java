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
 * How a call failed, as the error contract reads it.
 *
 * @param metadata the reason's details, for example {@code oldest}
 * @param retryAfter how long the service asks to wait; zero if it does not
 */
record Failure(
        Status status,
        @Nullable ErrorReason reason,
        Map<String, String> metadata,
        Duration retryAfter,
        Throwable cause) {

    static Failure of(Throwable cause) {
        com.google.rpc.Status detailed = StatusProto.fromThrowable(cause);
        Optional<ErrorInfo> info = Optional.ofNullable(detailed).flatMap(ErrorReason::info);
        return new Failure(
                Status.fromThrowable(cause),
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
        if (reason != null) {
            return reason.code() == Status.Code.UNAVAILABLE
                    || reason == ErrorReason.RATE_LIMITED
                    || reason == ErrorReason.SLOW_READER;
        }
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> true;
            default -> false;
        };
    }

    /** Whether a stream that ended so may be had again; transports report a broken one in more ways than a call. */
    boolean isPassingForStream() {
        return isPassing()
                || (reason == null
                        && switch (status.getCode()) {
                            case INTERNAL, UNKNOWN, RESOURCE_EXHAUSTED, ABORTED -> true;
                            default -> false;
                        });
    }

    ChatException toException(String rpc, boolean mayHaveReached) {
        if (isPassing() && reason == null) {
            Problem problem = mayHaveReached ? Problem.NO_ANSWER : Problem.UNREACHABLE;
            return new ChatException(problem, null, rpc + ": " + Cause.of(status), cause);
        }
        boolean isKnown = reason != null || status.getCode() != Status.Code.UNIMPLEMENTED;
        return new ChatException(isKnown ? Problem.REFUSED : Problem.NOT_SUPPORTED, reason, description(), cause);
    }
}
