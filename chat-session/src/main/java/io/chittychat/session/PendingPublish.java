package io.chittychat.session;

import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One publish, from the request until its result is known or its deadline has passed. It may outlive the session in which it
 * was first sent; then the log tells whether it was published.
 *
 * <p>Used by the session thread only.
 */
final class PendingPublish {

    private final String text;
    private final Deadline deadline;
    private final CompletableFuture<Published> result = new CompletableFuture<>();
    private long sequence;
    private boolean sent;
    private boolean eventsMissed;
    private BooleanSupplier mayHaveBeenDone = () -> false;
    private @Nullable Published found;

    PendingPublish(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    String text() {
        return text;
    }

    Deadline deadline() {
        return deadline;
    }

    CompletableFuture<Published> result() {
        return result;
    }

    /** It is about to be sent with a sequence of the current session. */
    void sending(long sequence) {
        this.sequence = sequence;
        sent = true;
        found = null;
        eventsMissed = false;
    }

    /** It is being sent; the function tells whether it may have been published. */
    void underWay(BooleanSupplier mayHaveBeenDone) {
        this.mayHaveBeenDone = mayHaveBeenDone;
    }

    /** Whether it was sent and its result is not known. */
    boolean isUnderWay() {
        return sent;
    }

    /** Compares it with an event of its author, which may be its result. */
    void compare(Event event, String author) {
        if (sent
                && event.getType() == EventType.EVENT_TYPE_PUBLISHED
                && event.getSequence() == sequence
                && event.getParticipant().equals(author)
                && event.getText().equals(text)) {
            found = new Published(event.getLamportTime(), sequence);
        }
    }

    /** Completes it if the log is known to have it. */
    void completeFound() {
        if (found != null) {
            result.complete(found);
        }
    }

    /** Some events are missed, among which may be its result if it is under way. */
    void missed() {
        eventsMissed |= sent;
    }

    /** Completes it if the log has it; otherwise it can be sent again, or fails if the log may have had it. */
    void settle() {
        completeFound();
        if (found == null && eventsMissed && mayHaveBeenDone.getAsBoolean()) {
            result.completeExceptionally(
                    new ChatException(Problem.NO_ANSWER, "Publish: the session ended, and its log is gone"));
        }
        sent = false;
        mayHaveBeenDone = () -> false;
    }

    /** Fails it if its deadline has passed. */
    void expire() {
        if (deadline.isExpired()) {
            result.completeExceptionally(
                    sent && mayHaveBeenDone.getAsBoolean()
                            ? new ChatException(Problem.NO_ANSWER, "Publish: not answered within its deadline")
                            : new ChatException(Problem.UNREACHABLE, "Publish: not sent within its deadline"));
        }
    }
}
