package io.chittychat.server.room;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The present participants. When a participant leaves, its session ends and its name is free at once. The list of
 * participants contains it until its left event is recorded and visible, because the list must not be ahead of the log.
 *
 * <p>Threading: only the room thread writes; any thread may call the public methods.
 */
public final class ParticipantRegistry {

    private static final int TRIES = 1000; // more than the batches that can be settled while a page is read

    private final Map<SessionId, Session> byId = new ConcurrentHashMap<>();
    private final Map<String, Session> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Session> byJoin = new ConcurrentSkipListMap<>();
    private final Map<SessionId, Session> leavers = new HashMap<>(); // the room thread's; not settled yet
    private final AtomicInteger settlings = new AtomicInteger(); // how often leavers were removed from the list

    /** Returns the session with that id; empty if its participant is not present. */
    public Optional<Session> find(SessionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * A page of the list of participants.
     *
     * @param lamportTime the Lamport time at which all of them were present
     * @param sessions their sessions, in the order of the joins
     */
    public record Page(long lamportTime, List<Session> sessions) {}

    /**
     * Returns a page of the list of participants. A participant who stays present is on exactly one page, if each page
     * begins after the last join of the page before.
     *
     * @param visible the Lamport time up to which the log is visible
     * @param afterJoinedLamportTime only participants who joined after this time
     * @param limit the most participants on the page
     */
    public Page page(LongSupplier visible, long afterJoinedLamportTime, int limit) {
        Page page;
        int before;
        int tries = 0;
        do {
            before = settlings.get();
            long time = visible.getAsLong();
            page = new Page(
                    time,
                    byJoin.tailMap(afterJoinedLamportTime, false).values().stream()
                            .filter(session -> session.wasPresentAt(time))
                            .limit(limit)
                            .toList());
        } while (before != settlings.get() && ++tries < TRIES); // a leaver who was present at that time may be missing
        return page;
    }

    /** Returns the sessions of all present participants. */
    public Set<SessionId> sessions() {
        return Set.copyOf(byId.keySet());
    }

    /** Returns the number of present participants. */
    public int size() {
        return byId.size();
    }

    @Nullable
    Session withId(SessionId id) {
        return byId.get(id);
    }

    @Nullable
    Session withNameKey(String nameKey) {
        return byName.get(nameKey);
    }

    void beginWindows(Instant now) {
        byId.values().forEach(session -> session.beginWindow(now));
    }

    /** Returns the states of the sessions of all present participants, in the order of the joins. */
    List<RoomState.Stay> state() {
        return byJoin.values().stream()
                .filter(session -> byId.get(session.id()) == session)
                .map(Session::state)
                .toList();
    }

    void add(Session session) {
        byName.put(session.name().key(), session);
        byJoin.put(session.joinedLamportTime(), session);
        byId.put(session.id(), session);
    }

    /** Undoes a join. */
    void remove(Session session) {
        forget(session);
        byJoin.remove(session.joinedLamportTime(), session);
    }

    /** Ends a session. The list contains its participant until the leave is {@linkplain #settle settled}. */
    void leave(Session session, long lamportTime) {
        session.leave(lamportTime);
        forget(session);
        leavers.put(session.id(), session);
    }

    /** Undoes a leave. The participant was in the list all the time. */
    void undoLeave(Session session) {
        session.undoLeave();
        leavers.remove(session.id());
        byName.put(session.name().key(), session);
        byId.put(session.id(), session);
    }

    private void forget(Session session) {
        byId.remove(session.id());
        byName.remove(session.name().key());
    }

    /** Removes the leavers from the list, because their left events are visible now. */
    void settle() {
        if (!leavers.isEmpty()) {
            settlings.incrementAndGet(); // first, so that a page that misses one of them is read again
            leavers.values().forEach(session -> byJoin.remove(session.joinedLamportTime(), session));
            leavers.clear();
        }
    }
}
