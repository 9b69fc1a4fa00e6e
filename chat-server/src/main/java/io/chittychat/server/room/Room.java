package io.chittychat.server.room;

import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The chat as a deterministic state machine with a Lamport clock. An accepted command with the sender's time {@code t}
 * moves the clock from {@code L} to {@code max(L, t) + 1}; a refused or repeated one does not move it.
 *
 * <p>Threading: only the room thread calls it. It is the only writer of the clock and the registry.
 */
public final class Room {

    private final LamportClock clock;
    private final ParticipantRegistry participants;
    private Limits limits;
    private final List<Runnable> undo = new ArrayList<>(); // undo the changes of this batch, the last one first
    private long newestEvent; // the Lamport time of the newest event; 0 if there is none
    private long settledEvent; // the same, when the newest batch was settled

    /**
     * The limits of a room.
     *
     * @param maxParticipants the most participants that may be present
     * @param resumeWindow how long after its time a join may be repeated even if its session has a stream
     */
    public record Limits(int maxParticipants, Duration resumeWindow) {}

    /** Creates an empty room. */
    public Room(LamportClock clock, ParticipantRegistry participants, Limits limits) {
        this.clock = clock;
        this.participants = participants;
        this.limits = limits;
    }

    /** Restores a state in an empty room. */
    public void restore(RoomState state) {
        if (clock.read() < state.lamportTime()) {
            clock.follow(state.lamportTime() - 1);
        }
        newestEvent = state.newestEvent();
        settledEvent = newestEvent;
        state.present().forEach(stay -> participants.add(new Session(stay)));
    }

    /** Returns the state from which this room can be restored. */
    public RoomState state() {
        return new RoomState(clock.read(), newestEvent, participants.state());
    }

    /** Begins the windows for repeats of all joins now: while the service was down, no client could repeat one. */
    public void beginWindows(Instant now) {
        participants.beginWindows(now);
    }

    /** Ends a batch, which is recorded and visible. Its changes cannot be undone any more. */
    public void settle() {
        undo.clear();
        settledEvent = newestEvent;
        participants.settle();
    }

    /** Undoes all changes since {@link #settle}, except that the clock does not go back. */
    public void undo() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        undo.clear();
        newestEvent = settledEvent;
    }

    /** Changes the limits, for what is applied from now on. */
    public void limit(Limits changed) {
        limits = changed;
    }

    /** Returns the time of the clock. */
    public long lamportTime() {
        return clock.read();
    }

    /** Applies a command. */
    public <R extends Result> Outcome<R> apply(Command<R> command, Turn turn) {
        return command.applyTo(this, turn);
    }

    Outcome<Result.Joined> join(Command.Join join, Turn turn) {
        Instant now = turn.windowTime();
        Session present = participants.withNameKey(join.name().key());
        if (present != null) {
            if (!present.isRepeatedBy(join, now.minus(limits.resumeWindow()))) {
                return Outcome.refused(Refusal.NAME_TAKEN);
            }
            undo.add(present.restoringPresence());
            return Outcome.done(present.joinedAgain(join));
        }
        if (participants.size() >= limits.maxParticipants()) {
            return Outcome.refused(Refusal.ROOM_FULL);
        }
        Optional<Refusal> obstacle = obstacle(turn.hasSpace());
        if (obstacle.isPresent()) {
            return Outcome.refused(obstacle.get());
        }
        long sentAt = clock.capped(join.lamportTime());
        Session session = new Session(join, clock.witness(sentAt), now);
        participants.add(session);
        undo.add(() -> participants.remove(session));
        return Outcome.appended(session.joined(), new Event.Joined(header(session, sentAt, turn.at())));
    }

    Outcome<Result.Published> publish(Command.Publish publish, Turn turn) {
        Session session = participants.withId(publish.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        Optional<Result.Published> earlier = earlier(session, publish.sequence());
        if (earlier.isPresent()) {
            return Outcome.done(earlier.get());
        }
        if (publish.sequence() != 0 && session.recentPublishes().mayBeForgotten(publish.sequence())) {
            return Outcome.refused(Refusal.SEQUENCE_FORGOTTEN);
        }
        if (publish.previousSequence() != 0 && !session.recentPublishes().maySucceed(publish.previousSequence())) {
            return Outcome.refused(Refusal.SEQUENCE_GAP);
        }
        Optional<Refusal> obstacle = obstacle(turn.hasSpaceForMessages());
        if (obstacle.isPresent()) {
            return Outcome.refused(obstacle.get());
        }
        long sentAt = clock.capped(publish.lamportTime());
        long time = clock.witness(sentAt);
        if (publish.sequence() != 0) {
            undo.add(session.recentPublishes().remember(publish.sequence(), time));
        }
        return Outcome.appended(
                new Result.Published(session.participant(), time, false),
                new Event.Published(header(session, sentAt, turn.at()), publish.text(), publish.sequence()));
    }

    private static Optional<Result.Published> earlier(Session session, long sequence) {
        if (sequence == 0) {
            return Optional.empty();
        }
        OptionalLong time = session.recentPublishes().find(sequence);
        return time.isPresent()
                ? Optional.of(new Result.Published(session.participant(), time.getAsLong(), true))
                : Optional.empty();
    }

    Outcome<Result.Left> leave(Command.Leave leave, Turn turn) {
        return end(participants.withId(leave.session()), leave.lamportTime(), turn);
    }

    Outcome<Result.Left> expire(Command.Expire expire, Turn turn) {
        Session session = participants.withId(expire.session());
        if (session != null && (session.isAttached() || session.wasJoinedAfter(expire.newestJoin()))) {
            return Outcome.refused(Refusal.SESSION_ALIVE);
        }
        return end(session, 0, turn);
    }

    private Outcome<Result.Left> end(@Nullable Session session, long lamportTime, Turn turn) {
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        Optional<Refusal> obstacle = obstacle(turn.hasSpace());
        if (obstacle.isPresent()) {
            return Outcome.refused(obstacle.get());
        }
        long sentAt = clock.capped(lamportTime);
        long time = clock.witness(sentAt);
        participants.leave(session, time);
        undo.add(() -> participants.undoLeave(session));
        return Outcome.appended(
                new Result.Left(session.participant(), time), new Event.Left(header(session, sentAt, turn.at())));
    }

    Outcome<Result.Attached> attach(Command.Attach attach, Turn turn) {
        Session session = participants.withId(attach.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        Optional<Refusal> obstacle = obstacle(turn.hasSpace());
        if (obstacle.isPresent()) {
            return Outcome.refused(obstacle.get());
        }
        long time = clock.witness(attach.lamportTime());
        undo.add(session.restoringPresence());
        session.attach(time);
        return Outcome.done(new Result.Attached(session.participant(), time, session.joinedLamportTime()));
    }

    Outcome<Result.Touched> touch(Command.Touch touch) {
        return participants.withId(touch.session()) == null
                ? Outcome.refused(Refusal.SESSION_UNKNOWN)
                : Outcome.done(new Result.Touched());
    }

    Outcome<Result.Detached> detach(Command.Detach detach) {
        Session session = participants.withId(detach.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        undo.add(session.restoringPresence());
        session.detach(detach.attachedAt());
        return Outcome.done(new Result.Detached());
    }

    /** Returns why no event can be appended; empty if one can be. */
    private Optional<Refusal> obstacle(boolean hasSpace) {
        if (clock.isAtEnd()) {
            return Optional.of(Refusal.TIME_OVER);
        }
        return hasSpace ? Optional.empty() : Optional.of(Refusal.STORE_FULL);
    }

    /** Returns the header of an event at the clock's time, and makes it the newest event. */
    private Event.Header header(Session session, long sentAt, Instant now) {
        long previous = newestEvent;
        newestEvent = clock.read();
        return new Event.Header(newestEvent, previous, sentAt, now, session.id(), session.participant());
    }
}
