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

    private final RecentPublishes recentPublishes = new RecentPublishes();
    private Instant joinedAt; // when its windows began; unknown to a restored one until the first command
    private SessionId newestJoin; // the session that the newest of its joins asked for
    private long attachedAt; // Lamport time of the newest Broadcast, 0 while there is none
    private long settledAttachedAt; // the same when the newest batch was recorded

    Session(Command.Join join, long joinedLamportTime, Instant joinedAt) {
        this.id = join.session();
        this.newestJoin = id;
        this.name = join.name();
        this.key = join.key();
        this.joinedLamportTime = joinedLamportTime;
        this.joinedAt = joinedAt;
    }

    /** A session as it was recorded. Its windows have still to begin. */
    Session(RoomState.Stay stay) {
        this.id = stay.session();
        this.newestJoin = id;
        this.name = stay.name();
        this.key = stay.key();
        this.joinedLamportTime = stay.joinedLamportTime();
        this.joinedAt = Instant.MAX;
        stay.recent().forEach(publish -> recentPublishes.remember(publish.sequence(), publish.lamportTime()));
    }

    /** A session as it was recorded, with what is not recorded of it: that it has a reader, and since when it is there. */
    Session(RoomState.Stay stay, Session before) {
        this(stay);
        this.joinedAt = before.joinedAt;
        this.newestJoin = before.newestJoin;
        this.attachedAt = before.settledAttachedAt;
        this.settledAttachedAt = before.settledAttachedAt;
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

    /** Begins its windows, if they have not begun yet. */
    void beginWindows(Instant now) {
        if (joinedAt.equals(Instant.MAX)) {
            joinedAt = now;
        }
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

    /** What happened to its readers is recorded, or needs not be. */
    void settle() {
        settledAttachedAt = attachedAt;
    }

    boolean isAttached() {
        return attachedAt != 0;
    }
}
