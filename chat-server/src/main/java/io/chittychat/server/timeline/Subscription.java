package io.chittychat.server.timeline;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader's cursor over the log: it holds no events, only the Lamport time up to which the reader has been served.
 *
 * <p>Threading: the public methods may be called by any thread. The rest is the thread's of its lane.
 */
public final class Subscription {

    private static final long NEVER = Long.MAX_VALUE;

    private final Reader reader;
    private final long attachedAt;
    private final Lane lane;
    private volatile boolean waiting; // the reader could not take something; set by the lane's thread

    // The lane's thread's.
    private long cursor;
    private long upTo = NEVER;
    private boolean caughtUp;
    private boolean fetching; // a page of the archive is on its way
    private @Nullable Slice fetched; // the page, when it has come
    private boolean ended;
    private boolean stalled;
    private long stalledSince; // nanoseconds

    /**
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt Lamport time at which the subscription was accepted
     * @param lane serves it
     */
    Subscription(Reader reader, long cursor, long attachedAt, Lane lane) {
        this.reader = reader;
        this.cursor = cursor;
        this.attachedAt = attachedAt;
        this.lane = lane;
    }

    /** The reader can take something again. */
    public void ready() {
        if (waiting) {
            lane.wake(this);
        }
    }

    /** Sends what is before a Lamport time and then ends, because the session left at that time. */
    public void endBefore(long lamportTime) {
        lane.execute(() -> upTo = lamportTime - 1);
    }

    /** Ends now. */
    public void end(Reader.End why) {
        lane.execute(() -> finish(why));
    }

    /** The reader went away; it is told nothing more. */
    public void cancel() {
        lane.execute(this::abandon);
    }

    /** The Lamport time up to which the reader has been served. */
    long cursor() {
        return cursor;
    }

    boolean isEnded() {
        return ended;
    }

    /**
     * Sends the reader what it can take of the log.
     *
     * @param slices finds slices of the view
     * @param catchUp fetches what the view does not hold any more
     * @param now nanoseconds
     * @return how many bytes were sent
     */
    int serve(View view, SliceFinder slices, CatchUp catchUp, long now) {
        int sent = 0;
        while (!ended && canTake()) {
            Slice slice;
            if (view.holds(cursor)) {
                slice = slices.find(cursor, upTo);
                if (slice == null) {
                    stalled = false;
                    reachedTail(view);
                    return sent;
                }
            } else {
                slice = fetched;
                fetched = null;
                if (slice == null) {
                    fetch(view, catchUp);
                    return sent;
                }
            }
            reader.send(slice);
            sent += slice.length();
            cursor = slice.lastLamportTime();
            stalled = false;
        }
        boolean behind = cursor < Math.min(upTo, view.newest());
        if (!ended && !stalled && behind) {
            stalled = true;
            stalledSince = now;
        }
        waiting = behind || !caughtUp || view.lamportTime() > upTo; // else the next round does
        return sent;
    }

    /** Whether the reader is ready; if not, it is going to be served again when it is. */
    private boolean canTake() {
        if (reader.isReady()) {
            waiting = false;
            return true;
        }
        waiting = true;
        return reader.isReady(); // it may have become ready when nobody waited for it yet
    }

    /** Asks for a page of what is older than the view; one at a time. */
    private void fetch(View view, CatchUp catchUp) {
        stalled = false;
        if (!fetching) {
            fetching = true;
            long wanted = upTo;
            long begin = view.begin();
            catchUp.fetch(cursor, wanted, page -> lane.execute(() -> fetched(page, wanted, begin)));
        }
    }

    /**
     * A page has come.
     *
     * @param wanted up to which time it was asked for
     * @param begin where the view began at that time: what was older was in the archive already
     */
    private void fetched(Optional<Archive.Page> page, long wanted, long begin) {
        fetching = false;
        if (page.isEmpty()) {
            finish(Reader.End.UNREADABLE);
        } else if (!page.get().complete()) {
            finish(Reader.End.RESUME_POINT_GONE);
        } else if (wanted == upTo) {
            fetched = page.get().slice().orElse(null);
            cursor = fetched == null ? Math.max(cursor, Math.min(begin, upTo)) : cursor;
            if (fetched == null && cursor >= upTo) {
                finish(Reader.End.LEFT);
            }
        }
    }

    private void reachedTail(View view) {
        if (view.lamportTime() > upTo) { // a view from before the end may still lack what comes before it
            finish(Reader.End.LEFT);
        } else if (!caughtUp && view.lamportTime() >= attachedAt) { // an older view may lack what was before attaching
            caughtUp = true;
            reader.caughtUp(Math.max(attachedAt, cursor));
        }
    }

    /** Ends the subscription if it has waited for its reader for too long. Times are nanoseconds. */
    void endIfStalled(long now, long timeout) {
        if (!ended && stalled && now - stalledSince >= timeout) {
            finish(Reader.End.SLOW_READER);
        }
    }

    boolean isStalled() {
        return stalled && !ended;
    }

    void abandon() {
        ended = true;
    }

    void finish(Reader.End why) {
        if (!ended) {
            ended = true;
            reader.end(why);
        }
    }
}
