package io.chittychat.server.chat;

import com.google.rpc.Status;
import java.util.function.Consumer;

/**
 * The threads for calls that may block.
 *
 * @param lists for listings, which may read the history from the disk
 * @param joins for joins, which may ask another service for keys
 * @param searches for searches, which read the disk
 */
public record Workers(Worker lists, Worker joins, Worker searches) {

    /**
     * Runs the work of calls on its own threads.
     *
     * <p>Threading: any thread.
     */
    public interface Worker {

        /**
         * Queues a call, or refuses it if too many calls wait. A call that is cancelled while it waits is dropped.
         *
         * @param caller identifies the caller, whose waiting calls are counted together
         * @param refuse refuses the call
         * @param work answers the call; if it throws, the call fails with INTERNAL
         * @param ended run once, when all work for the call is over
         */
        void run(Object caller, Consumer<Status> refuse, Runnable work, Runnable ended);

        /** Returns a task for another thread that belongs to the call of the current thread. */
        default Runnable inSameCall(Runnable task) {
            return task;
        }
    }
}
