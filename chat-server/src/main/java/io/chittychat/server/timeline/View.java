package io.chittychat.server.timeline;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The content of the timeline at one moment. Any thread may read it. It never changes, but the timeline gives the memory
 * of events that it has dropped to new ones; {@link #copy} then finds nothing, and the archive has those events.
 */
public final class View {

    private final Segment[] segments; // not empty; all but the last are full
    private final int inLast;
    private final long forgotten;
    private final long lamportTime;

    /**
     * @param segments at least one; a segment may be empty only if it is the only one
     * @param inLast the number of visible events of the last segment
     * @param forgotten the Lamport time up to which events are hidden, even if a segment still has them
     * @param lamportTime the room's time; the view has all events up to it
     */
    View(Segment[] segments, int inLast, long forgotten, long lamportTime) {
        this.segments = segments;
        this.inLast = inLast;
        this.forgotten = forgotten;
        this.lamportTime = lamportTime;
    }

    /** The room's Lamport time up to which the view is complete: the largest valid cursor. */
    public long lamportTime() {
        return lamportTime;
    }

    /** The Lamport time of the newest event; if the view is empty, of the event before its beginning. */
    public long newest() {
        Segment last = segments[segments.length - 1];
        return inLast == 0 ? last.previous() : last.time(inLast - 1);
    }

    /** The smallest cursor after which the view has all events. */
    public long begin() {
        return Math.max(segments[0].previous(), forgotten);
    }

    /** The number of the first segment. */
    long firstSegment() {
        return segments[0].number();
    }

    /** The Lamport time of the oldest event; empty if there is none. */
    OptionalLong oldest() {
        long begin = begin();
        if (begin >= newest()) {
            return OptionalLong.empty();
        }
        int at = segmentAfter(begin);
        return OptionalLong.of(segments[at].time(segments[at].indexAfter(begin, countIn(at))));
    }

    /** Whether the view has all events after a cursor. */
    public boolean holds(long cursor) {
        return cursor >= begin();
    }

    /** Whether the view has all events after a cursor, and the timeline has not reused the memory of the first of them. */
    boolean stillHolds(long cursor) {
        return holds(cursor) && (cursor >= newest() || !segments[segmentAfter(cursor)].isReleased());
    }

    /** Whether a cursor is ahead of the log; no reader can have got it from this log. */
    public boolean isBehind(long cursor) {
        return Long.compareUnsigned(cursor, lamportTime) > 0;
    }

    /** The number of events. */
    public long events() {
        return eventsAfter(begin());
    }

    /** The number of events after a cursor. Takes time in proportion to the number of segments. */
    public long eventsAfter(long cursor) {
        long events = 0;
        for (int at = segments.length - 1; at >= 0; at--) {
            int count = countIn(at);
            if (segments[at].previous() < cursor) {
                return events + count - segments[at].indexAfter(cursor, count);
            }
            events += count;
        }
        return events;
    }

    /** The memory that the events take, in bytes. */
    public long bytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.capacity();
        }
        return bytes;
    }

    private int countIn(int at) {
        return at == segments.length - 1 ? inLast : segments[at].count();
    }

    /**
     * Events after a cursor that are adjacent in one segment; empty if there are none. Only a lane may call it, with the
     * view of its newest round, whose memory the timeline does not reuse.
     *
     * @param cursor a cursor that the view {@link #holds}
     * @param upTo the Lamport time of the last event to return
     */
    Optional<Slice> slice(long cursor, long upTo) {
        return find(cursor, upTo, Integer.MAX_VALUE).map(Place::slice);
    }

    /**
     * A copy of events after a cursor that are adjacent in one segment; empty if there are none, or if the view no longer
     * {@link #stillHolds} the cursor.
     *
     * @param cursor a cursor that the view {@link #holds}
     * @param maxEvents the most events to return, above 0
     */
    public Optional<Slice> copy(long cursor, int maxEvents) {
        return find(cursor, Long.MAX_VALUE, maxEvents).flatMap(Place::copy);
    }

    /** Events of a segment: the indexes from {@code from} to {@code to}, exclusive; at least one. */
    private record Place(Segment segment, int from, int to) {

        static Optional<Place> of(Segment segment, int from, int to) {
            return to > from ? Optional.of(new Place(segment, from, to)) : Optional.empty();
        }

        Slice slice() {
            return segment.slice(from, to);
        }

        Optional<Slice> copy() {
            return segment.copy(from, to);
        }
    }

    private Optional<Place> find(long cursor, long upTo, int maxEvents) {
        if (cursor >= Math.min(upTo, newest())) {
            return Optional.empty();
        }
        int at = segmentAfter(cursor);
        int count = countIn(at);
        int from = segments[at].indexAfter(cursor, count);
        int to = Math.min(segments[at].indexAfter(upTo, count), from + Math.min(maxEvents, count));
        return Place.of(segments[at], from, to);
    }

    /**
     * A copy of the last events before a Lamport time that are adjacent in one segment; empty if the view has none, or if
     * their memory has been reused.
     */
    Optional<Slice> copyBefore(long before, int maxEvents) {
        int at = segmentAfter(before - 1);
        if (inLast == 0 && segments.length == 1) {
            return Optional.empty();
        }
        if (segments[at].first() >= before && at > 0) {
            at--; // the time lies between two segments
        }
        int count = countIn(at);
        int to = segments[at].indexAfter(before - 1, count);
        int from = Math.max(segments[at].indexAfter(begin(), count), to - maxEvents);
        return Place.of(segments[at], from, to).flatMap(Place::copy);
    }

    /** The index of the segment with the first event after a cursor: the last segment that begins at or before it. */
    private int segmentAfter(long cursor) {
        int low = 0;
        int high = segments.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments[middle].previous() <= cursor) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
