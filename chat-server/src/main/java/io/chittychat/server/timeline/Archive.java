package io.chittychat.server.timeline;

import io.chittychat.v1.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The recorded log, from which events are read that the timeline no longer holds in memory.
 *
 * <p>Threading: any thread; {@link #after} and {@link #before} may wait for the disk.
 */
public interface Archive {

    /**
     * Consecutive events after a cursor.
     *
     * @param slice the events, at least one; empty if there are none after the cursor
     * @param complete whether all events after the cursor were still kept; if not, {@code slice} has a gap before it
     */
    record Page(Optional<Slice> slice, boolean complete) {}

    /** Whether all events after a cursor are still kept. Does not block. */
    boolean reaches(long cursor);

    /** Lamport time up to which events have been removed. Does not block. */
    long removedThrough();

    /**
     * Lamport time of the oldest event that is kept; empty if there is none, or while it is unknown. Does not block.
     */
    OptionalLong oldest();

    /** The archive cannot be read at the moment. */
    class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreadableException(Throwable cause) {
            super("the archive cannot be read", cause);
        }
    }

    /** What would be read is not what was recorded, and never will be. */
    final class DamagedException extends UnreadableException {
        private static final long serialVersionUID = 1;

        public DamagedException(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Reads events after a cursor, in order.
     *
     * @param upTo the Lamport time of the last event to read
     * @param maxEvents the most events to return, above 0
     * @throws UnreadableException if the disk cannot be read
     */
    Page after(long cursor, long upTo, int maxEvents);

    /**
     * Reads events before a Lamport time, the newest first; an empty list if there are none.
     *
     * @throws UnreadableException if the disk cannot be read
     */
    List<Event> before(long lamportTime, int maxEvents);
}
