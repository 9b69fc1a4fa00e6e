package io.chittychat.server.timeline;

import java.util.Optional;

/** The content of the timeline at one moment. Immutable; any thread may read it. */
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

    /** Whether the view has all events after a cursor. */
    public boolean holds(long cursor) {
        return cursor >= begin();
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
     * Events after a cursor that are adjacent in one segment; empty if there are none.
     *
     * @param cursor a cursor that the view {@link #holds}
     * @param upTo the Lamport time of the last event to return
     * @param maxEvents the most events to return, above 0
     */
    public Optional<Slice> slice(long cursor, long upTo, int maxEvents) {
        if (cursor >= Math.min(upTo, newest())) {
            return Optional.empty();
        }
        int at = segmentAfter(cursor);
        Segment segment = segments[at];
        int count = at == segments.length - 1 ? inLast : segment.count();
        int from = segment.indexAfter(cursor, count);
        int to = Math.min(segment.indexAfter(upTo, count), from + Math.min(maxEvents, count));
        return to > from ? Optional.of(segment.slice(from, to)) : Optional.empty();
    }

    /** The last events before a Lamport time that are adjacent in one segment; empty if the view has none. */
    public Optional<Slice> sliceBefore(long before, int maxEvents) {
        int at = segmentAfter(before - 1);
        if (inLast == 0 && segments.length == 1) {
            return Optional.empty();
        }
        if (segments[at].first() >= before && at > 0) {
            at--; // the time lies between two segments
        }
        int count = at == segments.length - 1 ? inLast : segments[at].count();
        int to = segments[at].indexAfter(before - 1, count);
        int from = Math.max(segments[at].indexAfter(begin(), count), to - maxEvents);
        return to > from ? Optional.of(segments[at].slice(from, to)) : Optional.empty();
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
