package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import java.time.Instant;
import java.util.Optional;

/**
 * A participant's session, from join to leave.
 *
 * <p>Threading: any thread may call the public methods, whose values never change; only the room thread calls the
 * others.
 */
public final class Session {

    private static final long NEVER = Long.MAX_VALUE;

    private final SessionId id;
    private final ParticipantName name;
    private final long joinedLamportTime;
    private final Optional<JoinKey> key;
    private volatile long leftLamportTime = NEVER; // the room thread writes it

    private final RecentPublishes recentPublishes;
    private Instant joinedAt; // the window for a repeat of its join begins then
    private SessionId newestJoin; // the session id in the newest of its joins
    private long attachedAt; // the Lamport time at which its newest Broadcast was attached; 0 if none is open

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

    /** Returns the participant's name as it is shown. */
    public String participant() {
        return name.value();
    }

    /** Returns the Lamport time of the joined event. */
    public long joinedLamportTime() {
        return joinedLamportTime;
    }

    /** Returns the highest sequence of its publishes; 0 if it has none. Only the room thread may call it. */
    public long newestSequence() {
        return recentPublishes.highest();
    }

    ParticipantName name() {
        return name;
    }

    RecentPublishes recentPublishes() {
        return recentPublishes;
    }

    /** Whether the participant was present at a Lamport time. Any thread may call it. */
    boolean wasPresentAt(long lamportTime) {
        return joinedLamportTime <= lamportTime && lamportTime < leftLamportTime;
    }

    void leave(long lamportTime) {
        leftLamportTime = lamportTime;
    }

    /** Undoes {@link #leave}. */
    void undoLeave() {
        leftLamportTime = NEVER;
    }

    /** Begins the window for a repeat of its join now, unless it begins later anyway. */
    void beginWindow(Instant now) {
        joinedAt = joinedAt.isBefore(now) ? now : joinedAt;
    }

    /**
     * Whether a join repeats the one that made this session. After its window it does only while the session has no stream:
     * whoever has one has had the answer, and needs no repeat. Without a stream the answer may have been lost, and
     * the name would be taken by the very client that asks for it.
     */
    boolean isRepeatedBy(Command.Join join, Instant windowBegin) {
        return key.isPresent()
                && join.key().isPresent()
                && key.get().request().equals(join.key().get().request())
                && (!joinedAt.isBefore(windowBegin) || !isAttached());
    }

    Result.Joined joined() {
        return new Result.Joined(id, name, joinedLamportTime, key, false);
    }

    Result.Joined joinedAgain(Command.Join join) {
        newestJoin = join.session();
        return new Result.Joined(id, name, joinedLamportTime, key, true);
    }

    /** Whether its join was repeated after a certain join. */
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

    /** Returns a task that restores the current presence. */
    Runnable restoringPresence() {
        SessionId newestJoinBefore = newestJoin;
        long attachedBefore = attachedAt;
        return () -> {
            newestJoin = newestJoinBefore;
            attachedAt = attachedBefore;
        };
    }
}
