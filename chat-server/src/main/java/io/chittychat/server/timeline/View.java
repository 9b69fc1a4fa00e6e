package io.chittychat.server.timeline;

import java.util.Optional;

/**
 * What the timeline holds at one moment. Immutable; any thread may read it.
 */
public final class View {

    private final Segment[] segments; // not empty; all but the last are full
    private final int inLast;
    private final long forgotten;
    private final long lamportTime;

    /**
     * @param segments not empty; only the last may have no event, and only if it is the only one
     * @param inLast how many events of the last segment are visible
     * @param forgotten Lamport time up to which events are not shown, though the segments may still have them
     * @param lamportTime the room's time up to which this is everything
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

    /** Lamport time of the newest event; of the one before the timeline's beginning if it is empty. */
    public long newest() {
        Segment last = segments[segments.length - 1];
        return inLast == 0 ? last.previous() : last.time(inLast - 1);
    }

    /** The smallest cursor after which everything is held. */
    public long begin() {
        return Math.max(segments[0].previous(), forgotten);
    }

    /** Whether everything after a cursor is held. */
    public boolean holds(long cursor) {
        return cursor >= begin();
    }

    /** Whether a cursor is ahead of the log: no reader can have been there. */
    public boolean isBehind(long cursor) {
        return Long.compareUnsigned(cursor, lamportTime) > 0;
    }

    /** How many events are held. */
    public long events() {
        return eventsAfter(begin());
    }

    /** How many of the events that are held come after a cursor. Takes as long as there are segments. */
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

    /** Memory that the events take, in bytes. */
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
     * Events after a cursor, at least one and as many as stand together; empty if there are none.
     *
     * @param cursor one that is held
     * @param upTo Lamport time of the last event wanted
     * @param maxEvents at most so many, above 0
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

    /** Events before a Lamport time, the last ones that stand together; empty if none is held. */
    public Optional<Slice> sliceBefore(long before, int maxEvents) {
        int at = segmentAfter(before - 1);
        if (inLast == 0 && segments.length == 1) {
            return Optional.empty();
        }
        if (segments[at].first() >= before && at > 0) {
            at--; // the time is in the gap before the segment's first event
        }
        int count = at == segments.length - 1 ? inLast : segments[at].count();
        int to = segments[at].indexAfter(before - 1, count);
        int from = Math.max(segments[at].indexAfter(begin(), count), to - maxEvents);
        return to > from ? Optional.of(segments[at].slice(from, to)) : Optional.empty();
    }

    /** The segment that holds the first event after a cursor: the last one that begins with or before it. */
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
