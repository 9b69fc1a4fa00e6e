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

    private final SessionId id;
    private final ParticipantName name;
    private final long joinedLamportTime;
    private Instant joinedAt; // when its windows began; unknown to a restored one until the first command
    private final Optional<JoinKey> key;

    private final RecentPublishes recentPublishes = new RecentPublishes();
    private long attachedAt; // Lamport time of the newest Broadcast, 0 while there is none

    Session(Command.Join join, long joinedLamportTime, Instant joinedAt) {
        this.id = join.session();
        this.name = join.name();
        this.key = join.key();
        this.joinedLamportTime = joinedLamportTime;
        this.joinedAt = joinedAt;
    }

    /** A session as it was recorded. Its windows have still to begin. */
    Session(RoomState.Stay stay) {
        this.id = stay.session();
        this.name = stay.name();
        this.key = stay.key();
        this.joinedLamportTime = stay.joinedLamportTime();
        this.joinedAt = Instant.MAX;
        stay.recent().forEach(publish -> recentPublishes.remember(publish.sequence(), publish.lamportTime()));
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

    void beginWindows(Instant now) {
        joinedAt = now;
    }

    /** Whether a join is the one that made this session, asked for again. */
    boolean isRepeatedBy(Command.Join join, Instant notBefore) {
        return key.isPresent()
                && join.key().isPresent()
                && key.get().request().equals(join.key().get().request())
                && !joinedAt.isBefore(notBefore);
    }

    Result.Joined joined(boolean repeated) {
        return new Result.Joined(id, name, joinedLamportTime, key, repeated);
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
}
