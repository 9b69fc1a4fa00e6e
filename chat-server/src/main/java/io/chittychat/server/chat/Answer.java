package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import java.util.function.Consumer;

/**
 * Where the answer to one call goes, in whatever protocol; exactly one.
 *
 * <p>Threading: answered by one thread, which it must not block.
 *
 * @param <T> the response
 */
public interface Answer<T> {

    /**
     * Done.
     *
     * @param participant who called
     * @param lamportOut the response's Lamport time
     */
    void succeed(T response, String participant, long lamportOut);

    /** Refused. */
    void fail(Status why);

    /**
     * The answer as a reply to a command: what is refused is refused here.
     *
     * @param accepted gives the answer when the command is accepted
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
