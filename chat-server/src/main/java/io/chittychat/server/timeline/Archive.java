package io.chittychat.server.timeline;

import io.chittychat.v1.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of the log that is older than what the timeline holds (and, at least, everything that it holds).
 *
 * <p>Threading: any thread; reading may block on a disk.
 */
public interface Archive {

    /**
     * Some consecutive events.
     *
     * @param slice at least one event; empty if there is none after the cursor
     * @param complete whether everything after the cursor was still kept
     */
    record Page(Optional<Slice> slice, boolean complete) {}

    /** Whether everything after a cursor is still kept. Does not block. */
    boolean reaches(long cursor);

    /** Lamport time up to which events are not kept any more. Does not block. */
    long removedThrough();

    /** Lamport time of the oldest event that is kept; empty while that is not known, or if none is. Does not block. */
    OptionalLong oldest();

    /** The archive cannot be read for now. */
    final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnreadableException(Throwable cause) {
            super("the archive cannot be read", cause);
        }
    }

    /**
     * Events after a cursor, in order.
     *
     * @param upTo Lamport time of the last event wanted
     * @param maxEvents at most so many, above 0
     * @throws UnreadableException if the disk does not give them
     */
    Page after(long cursor, long upTo, int maxEvents);

    /**
     * Events before a Lamport time, the newest first, at most so many; none if there is no older one.
     *
     * @throws UnreadableException if the disk does not give them
     */
    List<Event> before(long lamportTime, int maxEvents);
}
