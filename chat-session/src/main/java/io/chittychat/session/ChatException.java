package io.chittychat.session;

import io.chittychat.error.ErrorReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why something asked of a {@link ChatSession} did not happen, or is not known to have happened. */
public final class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure this is. */
    public enum Problem {
        /** The request is wrong or was refused; {@link ChatException#reason} says why if the service gave a reason. */
        REFUSED,
        /** The service cannot be reached, so the request did not happen. */
        UNREACHABLE,
        /** The service does not know the request: it is older than this library, or no chat service. */
        NOT_SUPPORTED,
        /** No reply came that settles it, and its time is over: the request may or may not have happened. */
        NO_ANSWER,
        /** Only a participant can do this: join first. */
        NOT_JOINED,
        /** Already joined, or a join is under way. */
        ALREADY_JOINED,
        /** The session ended before the reply came. */
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

    /** The failure of somebody who is not in the chat. */
    public static ChatException notJoined() {
        return new ChatException(Problem.NOT_JOINED, "not joined");
    }

    /** What kind of failure this is. */
    public Problem problem() {
        return problem;
    }

    /** The reason from the error contract, if there is one; also that for which a session ended. */
    public Optional<ErrorReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a failure, as a future reports it, is this service's refusal for a reason. */
    static boolean hasReason(Throwable failure, ErrorReason reason) {
        return SessionThread.unwrap(failure) instanceof ChatException refused && refused.reason == reason;
    }
}
