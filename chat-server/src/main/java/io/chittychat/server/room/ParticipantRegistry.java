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
 * Who is present. A participant who leaves is known by its session and name no more at once, but stays in the list of those
 * present until its left event is recorded and visible: what is told of others is never ahead of the log.
 *
 * <p>Threading: the room thread is the only writer; any thread may read.
 */
public final class ParticipantRegistry {

    private static final int TRIES = 1000; // more than batches with leavers can come while a page is read

    private final Map<SessionId, Session> byId = new ConcurrentHashMap<>();
    private final Map<String, Session> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Session> byJoin = new ConcurrentSkipListMap<>();
    private final Map<SessionId, Session> leavers =
            new HashMap<>(); // the room thread's; whose left event is not settled
    private final AtomicInteger settlings = new AtomicInteger(); // how often leavers were taken from the list

    /** The session with that id, if its participant is present. */
    public Optional<Session> find(SessionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Some of those present.
     *
     * @param lamportTime at which they were present
     * @param sessions in the order in which they joined
     */
    public record Page(long lamportTime, List<Session> sessions) {}

    /**
     * A page of those present, in the order in which they joined. Going on after the last one of a page misses and
     * repeats nobody who is present throughout.
     *
     * @param visible the newest Lamport time up to which the log is visible
     * @param afterJoinedLamportTime only those who joined after this time
     * @param limit at most so many
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
        } while (before != settlings.get()
                && ++tries < TRIES); // else a leaver may be missing who was present at that time
        return page;
    }

    /** All sessions whose participants are present. */
    public Set<SessionId> sessions() {
        return Set.copyOf(byId.keySet());
    }

    /** How many are present. */
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

    /** The sessions of present participants, in the order in which they joined. */
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

    /** Takes back that a participant joined. */
    void remove(Session session) {
        forget(session);
        byJoin.remove(session.joinedLamportTime(), session);
    }

    /** A participant leaves. It is listed until that is {@linkplain #settle settled}. */
    void leave(Session session, long lamportTime) {
        session.leave(lamportTime);
        forget(session);
        leavers.put(session.id(), session);
    }

    /** Takes back that a participant left; never absent from the list meanwhile. */
    void takeBackLeave(Session session) {
        session.stay();
        leavers.remove(session.id());
        byName.put(session.name().key(), session);
        byId.put(session.id(), session);
    }

    private void forget(Session session) {
        byId.remove(session.id());
        byName.remove(session.name().key());
    }

    /** What was done so far is visible. */
    void settle() {
        if (!leavers.isEmpty()) {
            settlings.incrementAndGet(); // first, so that a page that misses one of them is read again
            leavers.values().forEach(session -> byJoin.remove(session.joinedLamportTime(), session));
            leavers.clear();
        }
    }
}
