package io.chittychat.server.room;

import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A room, the events that it appended, and a wall clock that tests set. */
final class RoomFixture {

    static final Duration WINDOW = Duration.ofSeconds(5);

    final LamportClock clock;
    final ParticipantRegistry participants = new ParticipantRegistry();
    final List<Event> events = new ArrayList<>();
    Turn.Space space = Turn.Space.ALL;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final Room room;

    RoomFixture(int maxParticipants) {
        this(maxParticipants, new LamportClock());
    }

    RoomFixture(int maxParticipants, LamportClock clock) {
        this.clock = clock;
        room = new Room(clock, participants, new Room.Limits(maxParticipants, WINDOW));
    }

    RoomFixture() {
        this(100);
    }

    <R extends Result> Outcome<R> apply(Command<R> command) {
        Outcome<R> outcome = room.apply(command, new Turn(now, space));
        outcome.event().ifPresent(events::add);
        return outcome;
    }

    /** Applies a command that must be accepted, and returns its result. */
    <R extends Result> R accepted(Command<R> command) {
        Outcome<R> outcome = apply(command);
        if (outcome instanceof Outcome.Accepted<R> accepted) {
            return accepted.result();
        }
        throw new AssertionError(command + " was refused: " + outcome);
    }

    /** Applies a command that must be refused, and returns the reason. */
    <R extends Result> Refusal refused(Command<R> command) {
        Outcome<R> outcome = apply(command);
        if (outcome instanceof Outcome.Refused<R> refused) {
            return refused.refusal();
        }
        throw new AssertionError(command + " was accepted: " + outcome);
    }

    Event newest() {
        return events.get(events.size() - 1);
    }

    static SessionId session(long id) {
        return new SessionId(0, id);
    }

    static Command.Join join(String name, long session, long lamportTime) {
        return new Command.Join(ParticipantName.of(name), session(session), Optional.empty(), lamportTime);
    }

    static Command.Join repeatableJoin(String name, long session, long request) {
        JoinKey key = new JoinKey(new JoinKey.Bits(0, request), new JoinKey.Bits(1, session));
        return new Command.Join(ParticipantName.of(name), session(session), Optional.of(key), 1);
    }

    static Command.Publish publish(long session, long sequence, long lamportTime) {
        return new Command.Publish(session(session), "text " + sequence, sequence, lamportTime);
    }

    static Command.Leave leave(long session, long lamportTime) {
        return new Command.Leave(session(session), lamportTime);
    }
}
