package io.chittychat.server.room;

/**
 * Receives what became of a command, exactly once.
 *
 * <p>Threading: called by the thread that applied the command (or refused to), so it must not block.
 *
 * @param <R> what comes of the command when it is accepted
 */
public interface Reply<R extends Result> {

    /** The command was done, and its event, if any, is recorded and visible to readers. */
    void accepted(R result);

    /** The command was not done. */
    void refused(Refusal refusal);

    /** For whoever does not want to know. */
    static <R extends Result> Reply<R> ignored() {
        return new Reply<>() {
            @Override
            public void accepted(R result) {}

            @Override
            public void refused(Refusal refusal) {}
        };
    }
}
