package io.chittychat.server.timeline;

import io.chittychat.server.log.BatchSink;
import io.chittychat.server.room.Event;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The newest part of the log, in memory, as it goes over the wire: an event is encoded once, for all its readers. It holds at
 * most so many bytes and forgets the oldest events beyond that.
 *
 * <p>Threading: the room thread appends; any thread may {@link #view() look}, and one may have events {@link #forget
 * forgotten}.
 */
public final class Timeline implements BatchSink {

    /**
     * The readers of a timeline, as one.
     *
     * <p>Threading: called by the thread that changes the timeline; no method may block.
     */
    interface Audience {

        /** No reader at all. */
        Audience NONE = new Audience() {
            @Override
            public void beforeShown(List<Event> events) {}

            @Override
            public void changed() {}
        };

        /** A batch is about to be shown; may be empty. */
        void beforeShown(List<Event> events);

        /** There may be something new to see. */
        void changed();
    }

    private final long maxBytes;
    private final ArrayDeque<Segment> segments = new ArrayDeque<>(); // guarded by this
    private Segment[] directory = {}; // guarded by this; a copy of segments that views share
    private long bytes; // guarded by this
    private long forgotten; // guarded by this; Lamport time up to which events are not shown any more
    private volatile View view;
    private volatile Audience audience = Audience.NONE;

    /**
     * An empty timeline.
     *
     * @param lamportTime the room's time so far; events up to it are not held
     * @param maxBytes memory for events; at least two segments are held
     */
    public Timeline(long lamportTime, long maxBytes) {
        this.maxBytes = Math.max(maxBytes, 2L * Segment.SIZE);
        roll(lamportTime, 0);
        this.view = look(lamportTime);
    }

    /** Sets who reads the timeline. */
    void serve(Audience readers) {
        audience = readers;
    }

    /** What the timeline holds now. */
    public View view() {
        return view;
    }

    /** Appends a batch; its events become visible together. */
    @Override
    public void append(List<Event> events, long lamportTime) {
        audience.beforeShown(events);
        show(events.stream().map(WireEvents::of).toList(), lamportTime);
    }

    /**
     * Shows a batch.
     *
     * @param events in order, after everything shown before
     * @param lamportTime the room's time after the batch
     */
    void show(List<io.chittychat.v1.Event> events, long lamportTime) {
        synchronized (this) {
            for (io.chittychat.v1.Event event : events) {
                int size = Segment.sizeOf(event);
                if (!segments.getLast().hasRoomFor(size)) {
                    roll(event.getPreviousLamportTime(), size);
                }
                segments.getLast().add(event, size);
            }
            view = look(lamportTime);
        }
        if (!events.isEmpty()) {
            audience.changed();
        }
    }

    /** Forgets events up to a Lamport time, because they are not kept any more: no view from now on shows them. */
    public void forget(long through) {
        synchronized (this) {
            forgotten = Math.max(forgotten, through);
            for (int next = 1; next < directory.length && directory[next].previous() <= forgotten; next++) {
                bytes -= segments.removeFirst().capacity();
            }
            directory = segments.toArray(Segment[]::new);
            view = look(view.lamportTime());
        }
        audience.changed();
    }

    private void roll(long previous, int room) {
        Segment segment = new Segment(previous, room);
        segments.addLast(segment);
        bytes += segment.capacity();
        while (bytes > maxBytes && segments.size() > 2) {
            bytes -= segments.removeFirst().capacity();
        }
        directory = segments.toArray(Segment[]::new);
    }

    private View look(long lamportTime) {
        return new View(directory, segments.getLast().count(), forgotten, lamportTime);
    }
}
