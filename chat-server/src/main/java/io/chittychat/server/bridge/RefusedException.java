package io.chittychat.server.bridge;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A request is refused before it becomes a call. Has no stack trace, because a client can cause many of them. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final transient Metadata trailers;

    RefusedException(Status status) {
        this(status, new Metadata());
    }

    private RefusedException(Status status, Metadata trailers) {
        super(status.getDescription(), null, false, false);
        this.status = status;
        this.trailers = trailers;
    }

    /** A refusal with its details. */
    static RefusedException of(StatusRuntimeException why) {
        Metadata trailers = why.getTrailers();
        return new RefusedException(why.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    static RefusedException invalid(String why) {
        return new RefusedException(Status.INVALID_ARGUMENT.withDescription(why));
    }

    static RefusedException unimplemented(String why) {
        return new RefusedException(Status.UNIMPLEMENTED.withDescription(why));
    }

    /** The status that the call ends with. */
    Status status() {
        return status;
    }

    /** The details of the status. */
    Metadata trailers() {
        return trailers;
    }
}
