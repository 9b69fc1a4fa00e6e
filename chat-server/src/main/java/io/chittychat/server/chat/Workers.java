package io.chittychat.server.chat;

import com.google.rpc.Status;
import java.util.function.Consumer;

/**
 * What does the work of calls that may wait.
 *
 * @param lists reads the history from a disk
 * @param joins asks another service whether credentials are valid
 * @param searches looks for messages on a disk
 */
public record Workers(Worker lists, Worker joins, Worker searches) {

    /**
     * Does the work of calls on threads of its own.
     *
     * <p>Threading: any thread.
     */
    public interface Worker {

        /**
         * Has a call answered, unless it has been cancelled by then; refuses it if too many wait.
         *
         * @param caller whose calls are counted together
         * @param refuse refuses the call
         * @param work answers the call; if it throws, the call is refused
         * @param ended is run once, when nothing is done for the call any more
         */
        void run(Object caller, Consumer<Status> refuse, Runnable work, Runnable ended);
    }
}
