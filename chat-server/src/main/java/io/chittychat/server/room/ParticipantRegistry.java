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
import java.util.stream.Collectors;
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
        byId.values().forEach(session -> session.beginWindows(now));
    }

    void add(Session session) {
        byName.put(session.name().key(), session);
        byJoin.put(session.joinedLamportTime(), session);
        byId.put(session.id(), session);
    }

    /**
     * Makes those present who are given, and nobody else. A session that was here before, though it may have left since the
     * newest batch was settled, keeps what is not recorded of it; who was and stays present is never missing.
     */
    void restore(List<RoomState.Stay> stays) {
        List<Session> sessions = stays.stream().map(this::restored).toList();
        Set<SessionId> ids = sessions.stream().map(Session::id).collect(Collectors.toSet());
        List.copyOf(byId.values()).stream()
                .filter(session -> !ids.contains(session.id()))
                .forEach(this::forget);
        sessions.forEach(this::add);
        byJoin.values().removeIf(session -> !ids.contains(session.id()));
        leavers.clear();
    }

    private Session restored(RoomState.Stay stay) {
        Session left = leavers.get(stay.session());
        Session before = left == null ? byId.get(stay.session()) : left;
        return before == null ? new Session(stay) : new Session(stay, before);
    }

    /** A participant leaves. It is listed until that is {@linkplain #settle settled}. */
    void leave(Session session, long lamportTime) {
        session.leave(lamportTime);
        forget(session);
        leavers.put(session.id(), session);
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
