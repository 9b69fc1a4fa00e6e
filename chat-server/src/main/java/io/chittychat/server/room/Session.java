package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.time.Instant;
import java.util.Optional;

/**
 * A participant's stay, from join to leave.
 *
 * <p>Threading: what the public methods return never changes and may be read by any thread. The rest is the room
 * thread's.
 */
public final class Session {

    private static final long NEVER = Long.MAX_VALUE;

    private final SessionId id;
    private final ParticipantName name;
    private final long joinedLamportTime;
    private final Optional<JoinKey> key;
    private volatile long leftLamportTime = NEVER; // written by the room thread

    private final RecentPublishes recentPublishes;
    private Instant joinedAt; // from when its join may be repeated for a resume window
    private SessionId newestJoin; // the session that the newest of its joins asked for
    private long attachedAt; // Lamport time of the newest Broadcast, 0 while there is none

    Session(Command.Join join, long joinedLamportTime, Instant joinedAt) {
        this(new RoomState.Stay(
                join.session(),
                join.name(),
                joinedLamportTime,
                joinedAt,
                join.key(),
                RoomState.Presence.of(join.session()),
                RoomState.Publishes.NONE));
    }

    Session(RoomState.Stay stay) {
        this.id = stay.session();
        this.name = stay.name();
        this.joinedLamportTime = stay.joinedLamportTime();
        this.joinedAt = stay.joinedAt();
        this.key = stay.key();
        this.newestJoin = stay.presence().newestJoin();
        this.attachedAt = stay.presence().attachedAt();
        this.recentPublishes = new RecentPublishes(stay.publishes());
    }

    RoomState.Stay state() {
        return new RoomState.Stay(
                id,
                name,
                joinedLamportTime,
                joinedAt,
                key,
                new RoomState.Presence(newestJoin, attachedAt),
                recentPublishes.state());
    }

    public SessionId id() {
        return id;
    }

    /** The participant's name as it is shown. */
    public String participant() {
        return name.value();
    }

    /** Lamport time of the joined event. */
    public long joinedLamportTime() {
        return joinedLamportTime;
    }

    ParticipantName name() {
        return name;
    }

    RecentPublishes recentPublishes() {
        return recentPublishes;
    }

    /** Whether its participant was present at a Lamport time. */
    boolean wasPresentAt(long lamportTime) {
        return joinedLamportTime <= lamportTime && lamportTime < leftLamportTime;
    }

    void leave(long lamportTime) {
        leftLamportTime = lamportTime;
    }

    /** It did not leave. */
    void stay() {
        leftLamportTime = NEVER;
    }

    /** Its join may be repeated for a resume window from now on, if not longer. */
    void beginWindow(Instant now) {
        joinedAt = joinedAt.isBefore(now) ? now : joinedAt;
    }

    /** Whether a join is the one that made this session, asked for again. */
    boolean isRepeatedBy(Command.Join join, Instant notBefore) {
        return key.isPresent()
                && join.key().isPresent()
                && key.get().request().equals(join.key().get().request())
                && !joinedAt.isBefore(notBefore);
    }

    Result.Joined joined() {
        return new Result.Joined(id, name, joinedLamportTime, key, false);
    }

    Result.Joined joinedAgain(Command.Join join) {
        newestJoin = join.session();
        return new Result.Joined(id, name, joinedLamportTime, key, true);
    }

    /** Whether a join of it was ordered after a certain one. */
    boolean wasJoinedAfter(SessionId join) {
        return !newestJoin.equals(join);
    }

    void attach(long lamportTime) {
        attachedAt = lamportTime;
    }

    void detach(long lamportTime) {
        if (attachedAt == lamportTime) {
            attachedAt = 0;
        }
    }

    boolean isAttached() {
        return attachedAt != 0;
    }

    /** Takes back what happens to its presence from here on. */
    Runnable takingBackPresence() {
        SessionId newestJoinBefore = newestJoin;
        long attachedBefore = attachedAt;
        return () -> {
            newestJoin = newestJoinBefore;
            attachedAt = attachedBefore;
        };
    }
}
