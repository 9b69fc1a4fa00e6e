package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure of a request to a {@link ChatSession}, or the uncertainty whether it succeeded. */
public final class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kinds of failures. */
    public enum Problem {
        /** The request is invalid or was refused. {@link ChatException#reason} is the reason, if the service gave one. */
        REFUSED,
        /** The service cannot be reached, so the request had no effect. */
        UNREACHABLE,
        /** The service does not know the request: it is older than this library, or not a chat service. */
        NOT_SUPPORTED,
        /** The deadline passed without a conclusive reply: the request may or may not have succeeded. */
        NO_ANSWER,
        /** The request needs a join first. */
        NOT_JOINED,
        /** Already joined, or a join is in progress. */
        ALREADY_JOINED,
        /** The session ended before the reply. */
        SESSION_ENDED,
        /** The participant's log file cannot be opened. */
        LOG_UNWRITABLE
    }

    private final Problem problem;
    private final @Nullable ErrorReason reason;

    ChatException(Problem problem, @Nullable ErrorReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.reason = reason;
    }

    ChatException(Problem problem, String message) {
        this(problem, null, message, null);
    }

    /** The failure of a request outside of the chat. */
    public static ChatException notJoined() {
        return new ChatException(Problem.NOT_JOINED, "not joined");
    }

    /** The kind of failure. */
    public Problem problem() {
        return problem;
    }

    /** The reason from the error contract, also of the end of a session; empty if the service gave none. */
    public Optional<ErrorReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a failure, perhaps wrapped by a future, is a refusal for a reason. */
    static boolean hasReason(Throwable failure, ErrorReason reason) {
        return SessionThread.unwrap(failure) instanceof ChatException refused && refused.reason == reason;
    }
}
