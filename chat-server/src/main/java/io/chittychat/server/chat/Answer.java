package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import java.util.function.Consumer;

/**
 * Receives the one answer to a call and sends it to the caller; each protocol implements it.
 *
 * <p>Threading: any one thread answers, for example the room thread. No method may block.
 *
 * @param <T> the response
 */
public interface Answer<T> {

    /**
     * The call succeeded.
     *
     * @param participant the caller's name
     * @param lamportOut the response's Lamport time
     */
    void succeed(T response, String participant, long lamportOut);

    /** The call is refused. */
    void fail(Status why);

    /**
     * Returns a reply to a command that fails this call if the command is refused.
     *
     * @param accepted answers the call if the command is accepted
     */
    default <R extends Result> Reply<R> whenAccepted(Consumer<R> accepted) {
        return new Reply<>() {
            @Override
            public void accepted(R result) {
                accepted.accept(result);
            }

            @Override
            public void refused(Refusal refusal) {
                fail(Failures.of(refusal));
            }
        };
    }
}
