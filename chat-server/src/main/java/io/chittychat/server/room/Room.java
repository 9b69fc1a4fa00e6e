package io.chittychat.server.room;

import io.chittychat.time.LamportClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The chat as a deterministic state machine. A command with the sender's time {@code t} that is accepted is one event
 * of the service, at {@code max(L, t) + 1}; a refused or repeated one changes nothing.
 *
 * <p>Threading: runs serially on the room thread, which is the only writer of the clock and the registry.
 */
public final class Room {

    private final LamportClock clock;
    private final ParticipantRegistry participants;
    private final RoomLimits limits;
    private final List<Runnable> undo = new ArrayList<>(); // takes back what was done in this batch, step by step
    private long newestEvent; // Lamport time of the newest event in the log, 0 while there is none

    /** An empty room. */
    public Room(LamportClock clock, ParticipantRegistry participants, RoomLimits limits) {
        this.clock = clock;
        this.participants = participants;
        this.limits = limits;
    }

    /** Makes an empty room what another one was. */
    public void restore(RoomState state) {
        if (clock.read() < state.lamportTime()) {
            clock.follow(state.lamportTime() - 1);
        }
        newestEvent = state.newestEvent();
        state.present().forEach(stay -> participants.add(new Session(stay)));
    }

    /** All that decides what becomes of later commands. */
    public RoomState state() {
        return new RoomState(clock.read(), newestEvent, participants.state());
    }

    /**
     * Lets the joins of all sessions be repeated for a resume window from now on: nobody could ask for anything while the service
     * was down.
     */
    public void beginWindows(Instant now) {
        participants.beginWindows(now);
    }

    /** What was done so far is recorded and visible: it cannot be undone any more. To be called after every batch. */
    public void settle() {
        undo.clear();
        participants.settle();
    }

    /** Takes back everything since the newest batch was {@linkplain #settle settled}, except that the clock does not go back. */
    public void undo() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            undo.get(i).run();
        }
        undo.clear();
    }

    /** The Lamport time that the room has reached. */
    public long lamportTime() {
        return clock.read();
    }

    /** Does what a command asks for. */
    public <R extends Result> Outcome<R> apply(Command<R> command, Turn turn) {
        return command.applyTo(this, turn);
    }

    Outcome<Result.Joined> join(Command.Join join, Turn turn) {
        Instant now = turn.at();
        Session present = participants.withNameKey(join.name().key());
        if (present != null) {
            if (!present.isRepeatedBy(join, now.minus(limits.resumeWindow()))) {
                return Outcome.refused(Refusal.NAME_TAKEN);
            }
            undo.add(present.takingBackPresence());
            return Outcome.done(present.joinedAgain(join));
        }
        if (participants.size() >= limits.maxParticipants()) {
            return Outcome.refused(Refusal.ROOM_FULL);
        }
        if (clock.isAtEnd()) {
            return Outcome.refused(Refusal.TIME_OVER);
        }
        if (!turn.hasSpace()) {
            return Outcome.refused(Refusal.STORE_FULL);
        }
        long sentAt = clock.capped(join.lamportTime());
        Session session = new Session(join, clock.witness(sentAt), now);
        participants.add(session);
        undo.add(() -> participants.remove(session));
        return Outcome.appended(session.joined(), new Event.Joined(header(session, sentAt, now)));
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
        if (clock.isAtEnd()) {
            return Outcome.refused(Refusal.TIME_OVER);
        }
        if (!turn.hasSpaceForMessages()) {
            return Outcome.refused(Refusal.STORE_FULL);
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
        if (clock.isAtEnd()) {
            return Outcome.refused(Refusal.TIME_OVER);
        }
        if (!turn.hasSpace()) {
            return Outcome.refused(Refusal.STORE_FULL);
        }
        long sentAt = clock.capped(lamportTime);
        long time = clock.witness(sentAt);
        participants.leave(session, time);
        undo.add(() -> participants.takeBackLeave(session));
        return Outcome.appended(
                new Result.Left(session.participant(), time), new Event.Left(header(session, sentAt, turn.at())));
    }

    Outcome<Result.Attached> attach(Command.Attach attach, Turn turn) {
        Session session = participants.withId(attach.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        if (clock.isAtEnd()) {
            return Outcome.refused(Refusal.TIME_OVER);
        }
        if (!turn.hasSpace()) {
            return Outcome.refused(Refusal.STORE_FULL);
        }
        long time = clock.witness(attach.lamportTime());
        undo.add(session.takingBackPresence());
        session.attach(time);
        return Outcome.done(new Result.Attached(session.participant(), time, session.joinedLamportTime()));
    }

    Outcome<Result.Detached> detach(Command.Detach detach) {
        Session session = participants.withId(detach.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        undo.add(session.takingBackPresence());
        session.detach(detach.attachedAt());
        return Outcome.done(new Result.Detached());
    }

    /** The header of the event that happens now, chained to the one before. */
    private Event.Header header(Session session, long sentAt, Instant now) {
        long previous = newestEvent;
        undo.add(() -> newestEvent = previous);
        newestEvent = clock.read();
        return new Event.Header(newestEvent, previous, sentAt, now, session.id(), session.participant());
    }
}
