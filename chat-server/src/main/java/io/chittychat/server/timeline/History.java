package io.chittychat.server.timeline;

import io.chittychat.v1.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The whole log as one, to whoever reads it by cursor: the timeline where it holds what is wanted, the archive before
 * that.
 *
 * <p>Threading: any thread; reading old events may block on a disk.
 */
public final class History {

    private final Timeline timeline;
    private final Archive archive;

    public History(Timeline timeline, Archive archive) {
        this.timeline = timeline;
        this.archive = archive;
    }

    /**
     * Which part of the log is kept.
     *
     * @param oldest Lamport time of the oldest event that is kept; just after the log's end if none is
     * @param newest the largest valid cursor
     */
    public record Range(long oldest, long newest) {}

    /** What the timeline holds now. */
    public View view() {
        return timeline.view();
    }

    /** Whether a cursor is one of the log's, and everything after it is kept. Does not block. */
    public boolean reaches(long cursor) {
        return !timeline.view().isBehind(cursor) && archive.reaches(cursor);
    }

    /** What is kept now. Does not block. */
    public Range kept() {
        View view = timeline.view();
        return new Range(oldest(view), view.lamportTime());
    }

    private long oldest(View view) {
        long removed = archive.removedThrough();
        if (view.begin() <= removed) {
            return view.slice(view.begin(), Long.MAX_VALUE, 1)
                    .map(Slice::lastLamportTime)
                    .orElse(view.lamportTime() + 1);
        }
        long oldest =
                archive.oldest().orElse(removed + 1); // right as a place to resume after, if not as an event's time
        return Math.min(oldest, view.lamportTime() + 1);
    }

    /**
     * Events after a cursor, in order.
     *
     * @param view what the timeline holds; nothing after it is returned
     * @param cursor 0 for the oldest event that is kept
     * @param limit at most so many
     * @return nothing if some of what comes after the cursor was removed meanwhile
     */
    public Optional<List<Event>> events(View view, long cursor, int limit) {
        List<Event> events = new ArrayList<>();
        long at = cursor == 0 ? archive.removedThrough() : cursor;
        while (events.size() < limit) {
            Archive.Page page = page(view, at, limit - events.size());
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

    /** Lamport time up to which events are not kept any more. */
    long removedThrough() {
        return archive.removedThrough();
    }

    /** Events before a Lamport time, the newest first, at most so many; none if there is no older one. */
    List<Event> before(View view, long lamportTime, int limit) {
        Optional<Slice> slice = view.sliceBefore(lamportTime, limit);
        if (slice.isEmpty()) {
            return archive.before(lamportTime, limit);
        }
        List<Event> events = new ArrayList<>(slice.get().events());
        Collections.reverse(events);
        return events;
    }

    private Archive.Page page(View view, long cursor, int limit) {
        return view.holds(cursor)
                ? new Archive.Page(view.slice(cursor, Long.MAX_VALUE, limit), true)
                : archive.after(cursor, view.lamportTime(), limit);
    }
}
