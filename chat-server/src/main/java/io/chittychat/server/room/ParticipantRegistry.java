package io.chittychat.server.room;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is present.
 *
 * <p>Threading: the room thread is the only writer; any thread may read.
 */
public final class ParticipantRegistry {

    private final Map<SessionId, Session> byId = new ConcurrentHashMap<>();
    private final Map<String, Session> byName = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Session> byJoin = new ConcurrentSkipListMap<>();

    /** The session with that id, if its participant is present. */
    public Optional<Session> find(SessionId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * A page of those present, in the order in which they joined. Going on after the last one of a page misses and
     * repeats nobody who is present throughout.
     *
     * @param afterJoinedLamportTime only those who joined after this time
     * @param limit at most so many
     */
    public List<Session> page(long afterJoinedLamportTime, int limit) {
        return byJoin.tailMap(afterJoinedLamportTime, false).values().stream()
                .limit(limit)
                .toList();
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

    /** Makes those present who are given, and nobody else. Who was and stays present is never seen missing. */
    void replaceAll(List<Session> sessions) {
        Set<SessionId> ids = sessions.stream().map(Session::id).collect(Collectors.toSet());
        List.copyOf(byId.values()).stream()
                .filter(session -> !ids.contains(session.id()))
                .forEach(this::remove);
        sessions.forEach(this::add);
    }

    void remove(Session session) {
        byId.remove(session.id());
        byJoin.remove(session.joinedLamportTime());
        byName.remove(session.name().key());
    }
}
