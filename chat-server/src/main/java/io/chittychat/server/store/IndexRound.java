package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import java.sql.SQLException;
import java.util.List;

/**
 * Checks a search index against its log, in steps.
 *
 * <p>Threading: one background thread; any thread may call {@link #cancel}.
 */
final class IndexRound implements AutoCloseable {

    private static final int EVENTS = 2_000; // of the log; one step
    private static final int WORDS = 2_000; // of the index; one step

    private final EventStore log;
    private final IndexCheck check;

    IndexRound(EventStore log, IndexCheck check) {
        this.log = log;
        this.check = check;
        check.beginAfter(log.removedThrough()); // not less than what was removed from the index before it was read
    }

    /** What a step has led to. */
    enum State {
        CONTINUES,
        DONE,
        /** The log removed events before they were compared. */
        OUTDATED
    }

    /**
     * Checks a part of the index.
     *
     * @throws SQLException if the index differs from the log, or cannot be read
     * @throws StoreException if the log cannot be read
     */
    State step() throws SQLException {
        if (check.hasLog()) {
            return check.compare(WORDS) ? State.CONTINUES : State.DONE;
        }
        EventStore.Page page = log.page(check.readThrough(), EVENTS);
        if (page.removedThrough() > check.readThrough()) {
            return State.OUTDATED;
        }
        List<Event> events = page.events();
        if (events.isEmpty()) {
            throw new SQLException("it has messages after the newest one");
        }
        events.forEach(check::add);
        return State.CONTINUES;
    }

    /** Ends a step that another thread has begun. */
    void cancel() throws SQLException {
        check.cancel();
    }

    @Override
    public void close() throws SQLException {
        check.close();
    }
}
