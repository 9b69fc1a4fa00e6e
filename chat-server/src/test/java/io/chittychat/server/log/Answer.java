package io.chittychat.server.log;

import io.chittychat.server.room.Refusal;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A reply that keeps the outcome. */
public final class Answer<R extends Result> implements Reply<R> {

    private volatile @Nullable R result;
    private volatile @Nullable Refusal refusal;

    @Override
    public void accepted(R accepted) {
        once();
        result = accepted;
    }

    @Override
    public void refused(Refusal refused) {
        once();
        refusal = refused;
    }

    private void once() {
        if (isThere()) {
            throw new AssertionError("answered twice");
        }
    }

    public boolean isThere() {
        return result != null || refusal != null;
    }

    public boolean isAccepted() {
        return result != null;
    }

    public R result() {
        return Objects.requireNonNull(result, () -> "refused: " + refusal);
    }

    public Refusal refusal() {
        return Objects.requireNonNull(refusal, () -> "accepted: " + result);
    }
}
