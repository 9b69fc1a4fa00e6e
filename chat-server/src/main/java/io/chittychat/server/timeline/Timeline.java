package io.chittychat.server.timeline;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.room.Event;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The newest part of the log, in memory and in wire format: an event is encoded once for all readers. When it exceeds
 * its size, it drops the oldest events.
 *
 * <p>Threading: the room thread appends; any thread may call {@link #view} and {@link #forget}.
 */
public final class Timeline implements BatchSink {

    /**
     * Is notified of changes of the timeline, for all its readers.
     *
     * <p>Threading: called by the thread that changes the timeline; no method may block.
     */
    interface Audience {

        /** An audience without readers. */
        Audience NONE = new Audience() {
            @Override
            public void beforeShown(List<Event> events) {}

            @Override
            public void changed() {}

            @Override
            public long heldFrom() {
                return Long.MAX_VALUE;
            }
        };

        /** A batch, perhaps empty, is about to become visible. */
        void beforeShown(List<Event> events);

        /** The timeline may have a new view. */
        void changed();

        /**
         * The number of the first segment that a reader may still read without copying it; it never decreases. Segments before
         * it give their memory to new ones. Only the room thread, which alone adds readers, calls it.
         */
        long heldFrom();
    }

    private static final int MOST_DROPPED = 8; // segments; readers that hold more leave them to the collector

    private final long maxBytes;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>(); // guarded by this
    private final ArrayDeque<Segment> dropped = new ArrayDeque<>(); // guarded by this; their memory can be reused
    private Segment[] directory = {}; // guarded by this; a copy of segments that views share
    private final EventEncoder encoder = new EventEncoder(); // guarded by this
    private long bytes; // guarded by this
    private long rolled; // guarded by this; the number of segments so far
    private long forgotten; // guarded by this; Lamport time up to which views hide events
    private volatile View view;
    private volatile Audience audience = Audience.NONE;

    /**
     * Creates an empty timeline.
     *
     * @param lamportTime the room's current time; events up to it are in the archive only
     * @param maxBytes the memory for events, in bytes; less than two segments counts as two
     */
    public Timeline(long lamportTime, long maxBytes) {
        this.maxBytes = Math.max(maxBytes, 2L * Segment.SIZE);
        roll(lamportTime, 0);
        this.view = newView(lamportTime);
    }

    /** Sets the audience. */
    void serve(Audience readers) {
        audience = readers;
    }

    /** The current state of the timeline. */
    public View view() {
        return view;
    }

    /**
     * Appends a batch; its events become visible together.
     *
     * @param events in order, and later than all events so far
     * @param lamportTime the room's time after the batch
     */
    @Override
    public void append(List<Event> events, long lamportTime) {
        audience.beforeShown(events);
        synchronized (this) {
            for (Event event : events) {
                add(event);
            }
            view = newView(lamportTime);
        }
        if (!events.isEmpty()) {
            audience.changed();
        }
    }

    private void add(Event event) {
        int size = encoder.encode(event);
        if (!segments.getLast().hasRoomFor(size)) {
            roll(event.header().previousLamportTime(), size);
        }
        segments.getLast().add(event.header().lamportTime(), encoder, size);
    }

    /**
     * Hides events up to a Lamport time from new views, because the log no longer keeps them, and frees their segments.
     */
    public void forget(long through) {
        synchronized (this) {
            forgotten = Math.max(forgotten, through);
            for (int next = 1; next < directory.length && directory[next].previous() <= forgotten; next++) {
                bytes -= segments.removeFirst().capacity();
            }
            directory = segments.toArray(Segment[]::new);
            view = newView(view.lamportTime());
        }
        audience.changed();
    }

    private void roll(long previous, int room) {
        Segment segment = new Segment(rolled++, previous, memoryFor(room));
        segments.addLast(segment);
        bytes += segment.capacity();
        while (bytes > maxBytes && segments.size() > 2) {
            bytes -= segments.getFirst().capacity();
            dropped.addLast(segments.removeFirst());
        }
        while (dropped.size() > MOST_DROPPED) {
            dropped.removeFirst();
        }
        directory = segments.toArray(Segment[]::new);
    }

    /** The memory of a dropped segment that nobody holds any more, or else new memory. */
    private byte[] memoryFor(int room) {
        Segment oldest = dropped.peekFirst();
        if (oldest == null || room > Segment.SIZE || oldest.number() >= audience.heldFrom()) {
            return Segment.memoryFor(room);
        }
        return dropped.removeFirst().release();
    }

    private View newView(long lamportTime) {
        return new View(directory, segments.getLast().count(), forgotten, lamportTime);
    }
}
