package io.chittychat.server.timeline;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader's cursor over the log: it holds no events, only the Lamport time up to which the reader has been served.
 *
 * <p>It is in one of five {@linkplain State states}. The next round of its lane serves it, unless a page of the archive is on
 * its way, which ends with a round of its own. A reader that could not take what there was is served alone when it says
 * that it is {@linkplain #ready ready}.
 *
 * <p>Threading: the public methods may be called by any thread. The rest is the thread's of its lane.
 */
public final class Subscription {

    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        /** It has all that the newest round had, or waits for its turn. */
        LIVE,
        /** A page of the archive is on its way. */
        FETCHING,
        /** It has every event, but its reader could not take the news that it has caught up, or its end. */
        WAITING,
        /** Its reader could not take an event, and is too slow if that goes on. */
        STALLED,
        /** Nothing more is sent. */
        ENDED
    }

    private final Reader reader;
    private final long attachedAt;
    private final Lane lane;
    private final Consumer<Subscription> onEnded;
    private volatile State state = State.LIVE; // the lane's thread is the only writer

    // The lane's thread's.
    private long cursor;
    private long upTo = NEVER;
    private boolean caughtUp;
    private @Nullable Slice fetched; // a page of the archive that has come
    private long stalledSince; // nanoseconds

    /**
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt Lamport time at which the subscription was accepted
     * @param lane serves it
     * @param onEnded called, perhaps more than once, when nothing more is sent
     */
    Subscription(Reader reader, long cursor, long attachedAt, Lane lane, Consumer<Subscription> onEnded) {
        this.reader = reader;
        this.cursor = cursor;
        this.attachedAt = attachedAt;
        this.lane = lane;
        this.onEnded = onEnded;
    }

    /** The reader can take something again. */
    public void ready() {
        State now = state;
        if (now == State.WAITING || now == State.STALLED) {
            lane.serveAlone(this);
        }
    }

    /** Sends what is before a Lamport time and then ends, because the session left at that time. */
    void endBefore(long lamportTime) {
        lane.execute(() -> {
            upTo = lamportTime - 1;
            fetched = null; // it may go beyond
        });
    }

    /** Ends now. */
    void end(Reader.End why) {
        lane.execute(() -> finish(why));
    }

    /** The reader went away; it is told nothing more. */
    public void cancel() {
        onEnded.accept(this);
        lane.execute(this::abandon);
    }

    /** The Lamport time up to which the reader has been served. */
    long cursor() {
        return cursor;
    }

    boolean isEnded() {
        return state == State.ENDED;
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
        while (state != State.FETCHING && state != State.ENDED && canTake()) {
            Slice slice = view.holds(cursor) ? slices.find(cursor, upTo) : fetched;
            if (slice != null) {
                fetched = null;
                reader.send(slice);
                sent += slice.length();
                cursor = slice.lastLamportTime();
                state = State.LIVE;
            } else if (view.holds(cursor)) {
                state = State.LIVE;
                reachedTail(view);
                return sent;
            } else {
                fetch(view, catchUp);
            }
        }
        if (state == State.WAITING || state == State.STALLED) {
            couldNotTake(view, now);
        }
        return sent;
    }

    /** Whether the reader is ready; if not, it is going to be served again when it is. */
    private boolean canTake() {
        if (reader.isReady()) {
            return true;
        }
        if (state != State.STALLED) {
            state = State.WAITING;
        }
        return reader.isReady(); // it may have become ready when nobody waited for it yet
    }

    /** The reader is not ready. What that means depends on what there is for it. */
    private void couldNotTake(View view, long now) {
        if (cursor < Math.min(upTo, view.newest())) {
            stalledSince = state == State.STALLED ? stalledSince : now;
            state = State.STALLED;
        } else {
            boolean owed = !caughtUp || view.lamportTime() > upTo;
            state = owed ? State.WAITING : State.LIVE;
        }
    }

    /** Asks for a page of what is older than the view. */
    private void fetch(View view, CatchUp catchUp) {
        state = State.FETCHING;
        long wanted = upTo;
        long begin = view.begin();
        catchUp.fetch(cursor, wanted, page -> lane.execute(() -> fetched(page, wanted, begin)));
    }

    /**
     * A page has come.
     *
     * @param wanted up to which time it was asked for; if the end has moved since then, it is asked for again
     * @param begin where the view began at that time: what was older was in the archive already
     */
    private void fetched(Optional<Archive.Page> page, long wanted, long begin) {
        if (state == State.ENDED) {
            return;
        }
        state = State.LIVE;
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
        if (state == State.STALLED && now - stalledSince >= timeout) {
            finish(Reader.End.SLOW_READER);
        }
    }

    boolean isStalled() {
        return state == State.STALLED;
    }

    private void abandon() {
        state = State.ENDED;
    }

    void finish(Reader.End why) {
        if (state != State.ENDED) {
            state = State.ENDED;
            onEnded.accept(this);
            reader.end(why);
        }
    }
}
