package io.chittychat.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/**
 * The reasons for refusals. The README beside {@code chat.proto} says when each occurs, and what a client should do.
 */
public enum ErrorReason {
    TEXT_TOO_LONG(Status.Code.INVALID_ARGUMENT),
    TEXT_BLANK(Status.Code.INVALID_ARGUMENT),
    TEXT_NOT_UTF8(Status.Code.INVALID_ARGUMENT),
    NAME_INVALID(Status.Code.INVALID_ARGUMENT),
    LAMPORT_TIME_TOO_FAR_AHEAD(Status.Code.INVALID_ARGUMENT),
    PAGE_TOKEN_INVALID(Status.Code.INVALID_ARGUMENT),
    NAME_TAKEN(Status.Code.ALREADY_EXISTS),
    SESSION_UNKNOWN(Status.Code.UNAUTHENTICATED),
    CREDENTIALS_INVALID(Status.Code.UNAUTHENTICATED),
    NAME_NOT_YOURS(Status.Code.PERMISSION_DENIED),
    RESUME_POINT_GONE(Status.Code.OUT_OF_RANGE),
    EPOCH_CHANGED(Status.Code.FAILED_PRECONDITION),
    SEQUENCE_FORGOTTEN(Status.Code.FAILED_PRECONDITION),
    SEQUENCE_GAP(Status.Code.ABORTED),
    SUPERSEDED(Status.Code.ABORTED),
    SLOW_READER(Status.Code.RESOURCE_EXHAUSTED),
    RATE_LIMITED(Status.Code.RESOURCE_EXHAUSTED),
    ROOM_FULL(Status.Code.RESOURCE_EXHAUSTED),
    STORE_FULL(Status.Code.RESOURCE_EXHAUSTED),
    SHUTTING_DOWN(Status.Code.UNAVAILABLE),
    LOG_UNAVAILABLE(Status.Code.UNAVAILABLE),
    NODE_LOST(Status.Code.UNAVAILABLE),
    AUTH_UNAVAILABLE(Status.Code.UNAVAILABLE),
    LOG_DAMAGED(Status.Code.DATA_LOSS);

    /** The domain of every {@link ErrorInfo} of this service. */
    public static final String DOMAIN = "chittychat";

    private final Status.Code code;

    ErrorReason(Status.Code code) {
        this.code = code;
    }

    /** The gRPC status that carries this reason. */
    public Status.Code code() {
        return code;
    }

    /** The number of that gRPC status, as in {@code google.rpc.Status}. */
    public int number() {
        return code.value();
    }

    /** The reason of a failed call; empty if the error is not one of this service's own. */
    public static Optional<ErrorReason> of(Throwable failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        return status == null ? Optional.empty() : of(status);
    }

    /** The reason in a status; empty if it has none, or one that is newer than this code. */
    public static Optional<ErrorReason> of(com.google.rpc.Status status) {
        return info(status).flatMap(info -> named(info.getReason()));
    }

    /** The first ErrorInfo of this service's domain in a status; empty if it has none. */
    public static Optional<ErrorInfo> info(com.google.rpc.Status status) {
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .flatMap(detail -> unpacked(detail).stream())
                .filter(info -> info.getDomain().equals(DOMAIN))
                .findFirst();
    }

    private static Optional<ErrorInfo> unpacked(Any detail) {
        try {
            return Optional.of(detail.unpack(ErrorInfo.class));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty(); // a malformed detail is ignored
        }
    }

    private static Optional<ErrorReason> named(String name) {
        for (ErrorReason reason : values()) {
            if (reason.name().equals(name)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
