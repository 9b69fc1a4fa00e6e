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
    private final List<Session> attachments = new ArrayList<>(); // sessions whose readers came or went in this batch
    private boolean windowsBegin; // whether the next command is the first since the room was restored
    private long newestEvent; // Lamport time of the newest event in the log, 0 while there is none

    /** An empty room. */
    public Room(LamportClock clock, ParticipantRegistry participants, RoomLimits limits) {
        this.clock = clock;
        this.participants = participants;
        this.limits = limits;
    }

    /**
     * Makes the room what it was when something was recorded, at the beginning or because what came after could not be
     * recorded. The clock does not go back. What is not recorded of sessions, such as that they have a reader, is again what
     * it was when the newest batch was {@linkplain #settle settled}.
     *
     * <p>The windows of sessions that were not here before begin with the next command: nobody can ask for anything before
     * the service is ready.
     */
    public void restore(RoomState state) {
        if (clock.read() < state.lamportTime()) {
            clock.follow(state.lamportTime() - 1);
        }
        newestEvent = state.newestEvent();
        participants.restore(state.present());
        attachments.clear();
        windowsBegin = true;
    }

    /** What was done so far is recorded and visible: it cannot be undone any more. To be called after every batch. */
    public void settle() {
        attachments.forEach(Session::settle);
        attachments.clear();
        participants.settle();
    }

    /** The Lamport time that the room has reached. */
    public long lamportTime() {
        return clock.read();
    }

    /** Does what a command asks for. */
    public <R extends Result> Outcome<R> apply(Command<R> command, Turn turn) {
        if (windowsBegin) {
            windowsBegin = false;
            participants.beginWindows(turn.at());
        }
        return command.applyTo(this, turn);
    }

    Outcome<Result.Joined> join(Command.Join join, Turn turn) {
        Instant now = turn.at();
        Session present = participants.withNameKey(join.name().key());
        if (present != null) {
            return present.isRepeatedBy(join, now.minus(limits.resumeWindow()))
                    ? Outcome.done(present.joinedAgain(join))
                    : Outcome.refused(Refusal.NAME_TAKEN);
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
        if (clock.isAtEnd()) {
            return Outcome.refused(Refusal.TIME_OVER);
        }
        if (!turn.hasSpaceForMessages()) {
            return Outcome.refused(Refusal.STORE_FULL);
        }
        long sentAt = clock.capped(publish.lamportTime());
        long time = clock.witness(sentAt);
        if (publish.sequence() != 0) {
            session.recentPublishes().remember(publish.sequence(), time);
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
        session.attach(time);
        attachments.add(session);
        return Outcome.done(new Result.Attached(session.participant(), time, session.joinedLamportTime()));
    }

    Outcome<Result.Detached> detach(Command.Detach detach) {
        Session session = participants.withId(detach.session());
        if (session == null) {
            return Outcome.refused(Refusal.SESSION_UNKNOWN);
        }
        session.detach(detach.attachedAt());
        attachments.add(session);
        return Outcome.done(new Result.Detached());
    }

    /** The header of the event that happens now, chained to the one before. */
    private Event.Header header(Session session, long sentAt, Instant now) {
        long previous = newestEvent;
        newestEvent = clock.read();
        return new Event.Header(newestEvent, previous, sentAt, now, session.id(), session.participant());
    }
}
