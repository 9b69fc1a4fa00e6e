package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import java.util.List;

/**
 * Records the batches of the log, so that they survive the process.
 *
 * <p>Threading: only the room thread calls it.
 */
public interface Journal {

    /**
     * The result of a batch of commands.
     *
     * @param events the events that it appended, in order
     * @param joins the results of the joins that made a session: one for each joined event, in order
     * @param lamportTime the room's Lamport time after the batch
     */
    record Batch(List<Event> events, List<Result.Joined> joins, long lamportTime) {}

    /** The disk is full: nothing of the batch is recorded. Later batches may be recorded again. */
    final class FullException extends Exception {
        private static final long serialVersionUID = 1;

        public FullException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * The store is in use by another program: nothing of the batch is recorded. Later batches may be recorded again.
     */
    final class BusyException extends Exception {
        private static final long serialVersionUID = 1;

        public BusyException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Records a batch as a whole.
     *
     * @throws FullException if the disk is full; nothing of the batch is recorded
     * @throws BusyException if another program uses the store; nothing of the batch is recorded
     * @throws RuntimeException if it is unknown whether the batch is recorded; the log must fail
     */
    void append(Batch batch) throws FullException, BusyException;

    /** Whether there is space for messages. If not, only joins and leaves should be recorded. */
    boolean hasSpace();

    /** A journal that records nothing. */
    Journal NONE = new Journal() {
        @Override
        public void append(Batch batch) {}

        @Override
        public boolean hasSpace() {
            return true;
        }
    };
}
