package io.chittychat.session;

import io.chittychat.session.ChatException.Problem;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One publish, from the moment it was asked for until it is known to be in the chat, known not to be, or out of time. It
 * may outlive the session under which it was first sent: then the log tells whether it arrived there.
 *
 * <p>Used by the session thread only.
 */
final class Publishing {

    private final String text;
    private final Deadline deadline;
    private final CompletableFuture<Published> result = new CompletableFuture<>();
    private long sequence;
    private boolean sent;
    private BooleanSupplier mayHaveBeenDone = () -> false;
    private @Nullable Published found;

    Publishing(String text, Deadline deadline) {
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

    /** It is about to be sent under a sequence of the present session. */
    void sending(long sequence) {
        this.sequence = sequence;
        sent = true;
        found = null;
    }

    /** It is under way: whether it may be in the chat can be asked as long as no reply has come. */
    void underWay(BooleanSupplier mayHaveBeenDone) {
        this.mayHaveBeenDone = mayHaveBeenDone;
    }

    /** Whether it was sent and is not known to be in the chat, or not to be. */
    boolean isUnderWay() {
        return sent;
    }

    /** Looks at an event of its author while the session under which it was sent lasts: this may be what came of it. */
    void compare(Event event, String author) {
        if (sent
                && event.getType() == EventType.EVENT_TYPE_PUBLISHED
                && event.getSequence() == sequence
                && event.getParticipant().equals(author)
                && event.getText().equals(text)) {
            found = new Published(event.getLamportTime(), sequence);
        }
    }

    /** Completes it if the log has it; otherwise it was not heard and can be sent anew. */
    void settle(boolean logIsWhole) {
        if (found != null) {
            result.complete(found);
        } else if (!logIsWhole && mayHaveBeenDone.getAsBoolean()) {
            result.completeExceptionally(
                    new ChatException(Problem.NO_ANSWER, "Publish: the session ended, and so did the log of it"));
        }
        sent = false;
        mayHaveBeenDone = () -> false;
    }

    /** Fails it if its time is over. */
    void expire() {
        if (deadline.isExpired()) {
            result.completeExceptionally(
                    sent && mayHaveBeenDone.getAsBoolean()
                            ? new ChatException(Problem.NO_ANSWER, "Publish: not answered within its deadline")
                            : new ChatException(Problem.UNREACHABLE, "Publish: not sent within its deadline"));
        }
    }
}
