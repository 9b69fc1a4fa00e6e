package io.chittychat.server.timeline;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader's cursor over the log: the Lamport time up to which the reader has been served. It queues no events.
 *
 * <p>It is in one of five {@linkplain State states}. The next round of its lane serves it, unless it waits for a page
 * of the archive, whose arrival starts a round. A reader that was not ready is served alone once it is
 * {@linkplain #ready ready}.
 *
 * <p>Threading: any thread may call the public methods, {@link #end} and {@link #endBefore}. The lane's thread runs all
 * others.
 */
public final class Subscription {

    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        /** The reader has all events of the newest round, or the round has yet to serve it. */
        LIVE,
        /** A page of the archive is being read. */
        FETCHING,
        /** The reader has all events, but was not ready for the caught-up notice or for the end. */
        WAITING,
        /** The reader was not ready for an event; after the slow reader timeout the subscription ends. */
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
    private @Nullable Slice fetched; // a page of the archive, to be sent next
    private long stalledSince; // nanoseconds

    /**
     * @param cursor only events after this Lamport time are sent
     * @param attachedAt the Lamport time at which the subscription was accepted
     * @param lane serves the reader
     * @param onEnded called when nothing more is sent, perhaps more than once
     */
    Subscription(Reader reader, long cursor, long attachedAt, Lane lane, Consumer<Subscription> onEnded) {
        this.reader = reader;
        this.cursor = cursor;
        this.attachedAt = attachedAt;
        this.lane = lane;
        this.onEnded = onEnded;
    }

    /** Tells the lane that the reader can take events again. */
    public void ready() {
        State now = state;
        if (now == State.WAITING || now == State.STALLED) {
            lane.serveAlone(this);
        }
    }

    /** Sends only events before a Lamport time, then ends, because the session left at that time. */
    void endBefore(long lamportTime) {
        lane.execute(() -> {
            upTo = lamportTime - 1;
            fetched = null; // the page may contain later events
        });
    }

    /** Ends now. */
    void end(Reader.End why) {
        lane.execute(() -> finish(why));
    }

    /** The reader has gone away; it is not called any more. */
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
     * Sends the reader events until it has all of the view or is not ready.
     *
     * @param slices finds slices of the view
     * @param catchUp fetches events that the view no longer holds
     * @param now the monotonic time, in nanoseconds
     * @return the number of bytes sent
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

    /** Whether the reader is ready. If it is not, {@link #ready} will have it served. */
    private boolean canTake() {
        if (reader.isReady()) {
            return true;
        }
        if (state != State.STALLED) {
            state = State.WAITING;
        }
        return reader.isReady(); // it may have become ready before the state was WAITING, when ready() did nothing
    }

    /** Sets the state of a reader that is not ready: it depends on what there is to send. */
    private void couldNotTake(View view, long now) {
        if (cursor < Math.min(upTo, view.newest())) {
            stalledSince = state == State.STALLED ? stalledSince : now;
            state = State.STALLED;
        } else {
            boolean owed = !caughtUp || view.lamportTime() > upTo;
            state = owed ? State.WAITING : State.LIVE;
        }
    }

    /** Requests a page of events that are older than the view. */
    private void fetch(View view, CatchUp catchUp) {
        state = State.FETCHING;
        long wanted = upTo;
        long begin = view.begin();
        catchUp.fetch(cursor, wanted, result -> lane.execute(() -> fetched(result, wanted, begin)));
    }

    /**
     * A page has arrived.
     *
     * @param wanted the end of the requested page; if {@link #upTo} has changed since, the page is requested again
     * @param begin the begin of the view at the request: all older events were in the archive already
     */
    private void fetched(CatchUp.Fetched result, long wanted, long begin) {
        if (state == State.ENDED) {
            return;
        }
        state = State.LIVE;
        Optional<Archive.Page> page = result.page();
        if (page.isEmpty()) {
            finish(result.problem());
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
        if (view.lamportTime() > upTo) { // an older view may lack events before the end
            finish(Reader.End.LEFT);
        } else if (!caughtUp && view.lamportTime() >= attachedAt) { // an older view may lack events before attachedAt
            caughtUp = true;
            reader.caughtUp(Math.max(attachedAt, cursor));
        }
    }

    /** Ends the subscription if its reader has been stalled for the timeout. Times are in nanoseconds. */
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
