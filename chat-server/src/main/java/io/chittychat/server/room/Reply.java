package io.chittychat.server.room;

/**
 * Receives the outcome of a command, exactly once.
 *
 * <p>Threading: the thread that applies or refuses the command calls it, so it must not block.
 *
 * @param <R> the result of the command if it is accepted
 */
public interface Reply<R extends Result> {

    /** The command was applied; its event, if it has one, is recorded and visible to readers. */
    void accepted(R result);

    /** The command was refused. */
    void refused(Refusal refusal);

    /** Returns a reply that ignores the outcome. */
    static <R extends Result> Reply<R> ignored() {
        return new Reply<>() {
            @Override
            public void accepted(R result) {}

            @Override
            public void refused(Refusal refusal) {}
        };
    }
}
