package io.chittychat.server.timeline;

import io.chittychat.v1.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads the whole log by cursor: new events from the timeline, older ones from the archive.
 *
 * <p>Threading: any thread; reading old events may wait for the disk.
 */
public final class History {

    private final Timeline timeline;
    private final Archive archive;

    public History(Timeline timeline, Archive archive) {
        this.timeline = timeline;
        this.archive = archive;
    }

    /**
     * The part of the log that is kept.
     *
     * @param oldest the Lamport time of the oldest event; one more than {@code newest} if there are no events
     * @param newest the largest valid cursor
     */
    public record Range(long oldest, long newest) {}

    /** The timeline's current view. */
    public View view() {
        return timeline.view();
    }

    /** Whether a cursor is not ahead of the log, and all events after it are kept. Does not block. */
    public boolean reaches(long cursor) {
        return !timeline.view().isBehind(cursor) && archive.reaches(cursor);
    }

    /** The part of the log that is kept now. Does not block. */
    public Range kept() {
        View view = timeline.view();
        return new Range(oldest(view), view.lamportTime());
    }

    private long oldest(View view) {
        long removed = archive.removedThrough();
        if (view.begin() <= removed) {
            return view.oldest().orElse(view.lamportTime() + 1);
        }
        long oldest = archive.oldest().orElse(removed + 1); // perhaps no event's time, yet no event is older
        return Math.min(oldest, view.lamportTime() + 1);
    }

    /**
     * Reads events after a cursor, in order.
     *
     * @param view the end of the list: later events are not returned
     * @param cursor a Lamport time; 0 for the oldest event that is kept
     * @param limit the most events to return
     * @return empty if events after the cursor have been removed meanwhile
     * @throws Archive.UnreadableException if the disk cannot be read
     */
    public Optional<List<Event>> events(View view, long cursor, int limit) {
        List<Event> events = new ArrayList<>();
        long at = cursor == 0 ? archive.removedThrough() : cursor;
        while (events.size() < limit) {
            Archive.Page page;
            try {
                page = page(view, at, limit - events.size());
            } catch (Archive.DamagedException e) {
                if (events.isEmpty()) {
                    throw e;
                }
                break; // the next page begins there, and says so
            }
            if (!page.complete()) {
                return cursor == 0 && events.isEmpty() ? events(view, 0, limit) : Optional.empty();
            }
            if (page.slice().isEmpty()) {
                break;
            }
            events.addAll(page.slice().get().events());
            at = page.slice().get().lastLamportTime();
        }
        return Optional.of(events);
    }

    /** Lamport time up to which events have been removed. */
    long removedThrough() {
        return archive.removedThrough();
    }

    /** Reads up to {@code limit} events before a Lamport time, the newest first; an empty list if there are none. */
    List<Event> before(View view, long lamportTime, int limit) {
        Optional<Slice> copy = view.copyBefore(lamportTime, limit);
        if (copy.isEmpty()) {
            return archive.before(lamportTime, limit);
        }
        List<Event> events = new ArrayList<>(copy.get().events());
        Collections.reverse(events);
        return events;
    }

    private Archive.Page page(View view, long cursor, int limit) {
        Optional<Slice> copy = view.holds(cursor) ? view.copy(cursor, limit) : Optional.empty();
        return copy.isPresent() || view.stillHolds(cursor)
                ? new Archive.Page(copy, true)
                : archive.after(cursor, view.lamportTime(), limit);
    }
}
