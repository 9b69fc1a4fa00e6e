package io.chittychat.server.log;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.Result;
import java.util.List;

/**
 * Records what the room does, so that it outlives the process.
 *
 * <p>Threading: called by the room thread only.
 */
public interface Journal {

    /** What a batch of commands did. */
    record Batch(List<Event> events, List<Result.Joined> joins, long lamportTime) {}

    /** Nothing of a batch could be recorded because there is no space. Later batches may be recorded again. */
    final class FullException extends Exception {
        private static final long serialVersionUID = 1;

        public FullException(Throwable cause) {
            super(cause);
        }
    }

    /** Nothing of a batch could be recorded for now, and not because of its content. Later batches may be recorded again. */
    final class BusyException extends Exception {
        private static final long serialVersionUID = 1;

        public BusyException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Records a batch as a whole. When this returns it is recorded for good.
     *
     * @throws FullException if there is no space; then nothing of it is recorded
     * @throws BusyException if it cannot be recorded for now; then nothing of it is recorded
     * @throws RuntimeException if it is unknown what is recorded: the log must not go on
     */
    void append(Batch batch) throws FullException, BusyException;

    /** Whether there is space for messages: an input of the room. Joining and leaving is tried even if there is not. */
    boolean hasSpace();

    /** Records nothing. */
    Journal NONE = new Journal() {
        @Override
        public void append(Batch batch) {}

        @Override
        public boolean hasSpace() {
            return true;
        }
    };
}
