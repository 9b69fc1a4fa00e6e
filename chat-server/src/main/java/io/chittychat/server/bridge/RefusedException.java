package io.chittychat.server.bridge;

import io.grpc.Status;

/** A request is refused before it becomes a call. Has no stack trace, because a client can cause many of them. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Status status;

    RefusedException(Status status) {
        super(status.getDescription(), null, false, false);
        this.status = status;
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
}
