package io.chittychat.server.log;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;

/**
 * Puts commands in one order and has them applied in it.
 *
 * <p>Commands of one thread are applied in the order in which it submitted them. A command whose reply is an acceptance
 * has its event recorded and visible to readers.
 */
public interface CommandLog extends AutoCloseable {

    /** What a log can be. */
    enum State {
        /** It takes commands. */
        OPEN,
        /** It was told to stop. */
        CLOSED,
        /** It cannot order or record commands any more. */
        FAILED
    }

    /**
     * Takes a command, to be applied in its turn.
     *
     * <p>Threading: any thread; never blocks.
     *
     * @param reply is told what became of the command, exactly once: also when the log is closed or failed
     */
    <R extends Result> void submit(Command<R> command, Reply<R> reply);

    /** What the log is at the moment. Any thread may ask. */
    State state();

    /** Adds what is done once if the log fails, by the thread that finds out; at once if it has failed already. */
    void onFailure(Runnable listener);

    /**
     * Stops taking commands, finishes those that were taken, and returns when that is done; or, if the disk hangs, when it was
     * waited for long enough. May be called twice.
     */
    @Override
    void close();
}
