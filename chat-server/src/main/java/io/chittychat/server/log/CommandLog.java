package io.chittychat.server.log;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;

/**
 * Puts commands in one order, and has the room apply them in that order.
 *
 * <p>The commands of one thread keep their order. When a command is accepted, its event is recorded and visible to
 * readers.
 */
public interface CommandLog extends AutoCloseable {

    /** The states of a log. */
    enum State {
        /** It takes commands. */
        OPEN,
        /** It was closed, and takes no more commands. */
        CLOSED,
        /** It failed, and takes no more commands. */
        FAILED
    }

    /**
     * Submits a command.
     *
     * <p>Threading: any thread; never blocks.
     *
     * @param reply receives the outcome exactly once, also when the log is closed or has failed
     */
    <R extends Result> void submit(Command<R> command, Reply<R> reply);

    /**
     * Runs a task once everything is visible here that was accepted before this call, by this process or by another one.
     *
     * <p>Threading: any thread; never blocks. The task runs on this thread or on another, and must not block.
     *
     * @param unavailable runs instead if that cannot be found out in time
     */
    default void whenCurrent(Runnable current, Runnable unavailable) {
        current.run(); // a single process shows a result before it accepts the command
    }

    /** Whether other processes may have accepted what is not visible here yet. */
    default boolean mayBeBehind() {
        return false;
    }

    /** Returns how many commands wait. Any thread may call it. */
    default int waiting() {
        return 0;
    }

    /** Returns the current state. Any thread may call it. */
    State state();

    /** Adds a listener that is called once if the log fails; at once if it has failed already. It must not block. */
    void onFailure(Runnable listener);

    /**
     * Takes no more commands, and waits until those that were taken are answered; if the disk hangs, for a limited
     * time. It may be called twice.
     */
    @Override
    void close();
}
