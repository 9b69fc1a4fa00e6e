package io.chittychat.server.chat;

import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import java.util.function.Consumer;

/** What becomes of a command as the answer to a call. */
final class Replies {

    private Replies() {}

    /** @param accepted answers the call */
    static <R extends Result> Reply<R> to(Answer<?> answer, Consumer<R> accepted) {
        return new Reply<>() {
            @Override
            public void accepted(R result) {
                accepted.accept(result);
            }

            @Override
            public void refused(Refusal refusal) {
                answer.fail(Failures.of(refusal));
            }
        };
    }
}
