package io.chittychat.server.store;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.Turn;
import io.chittychat.time.LamportClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A room with a store, but without the thread of a log: the test decides the batches. */
public final class RecordedRoom {

    public static final Duration WINDOW = Duration.ofSeconds(5);
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Room room = new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(1000, WINDOW));
    private final EventStore store;
    private Instant now;
    private boolean begun;

    /** Restores a room from a store. */
    public RecordedRoom(EventStore store, Instant now) {
        this.store = store;
        this.now = now;
        room.restore(store.recorded());
    }

    public RecordedRoom(EventStore store) {
        this(store, NOON);
    }

    public EventStore store() {
        return store;
    }

    /** Moves the store's mark, as a checkpoint does. */
    public void mark() {
        store.mark();
    }

    public long lamportTime() {
        return room.lamportTime();
    }

    public void setTime(Instant instant) {
        now = instant;
    }

    /** Applies a batch of commands and records it. */
    public List<Outcome<?>> batch(List<? extends Command<?>> commands) {
        List<Outcome<?>> outcomes = apply(commands);
        record(outcomes);
        return outcomes;
    }

    /** Applies and records a batch of one command. */
    public <R extends Result> Outcome<R> one(Command<R> command) {
        begin();
        Outcome<R> outcome = room.apply(command, Turn.at(now));
        record(List.of(outcome));
        return outcome;
    }

    /** Applies and records a batch of one command, which must be accepted. */
    public <R extends Result> R accepted(Command<R> command) {
        if (one(command) instanceof Outcome.Accepted<R> accepted) {
            return accepted.result();
        }
        throw new AssertionError(command + " was refused");
    }

    private void begin() {
        if (!begun) {
            begun = true;
            room.beginWindows(now);
        }
    }

    /** Applies commands without recording them. */
    public List<Outcome<?>> apply(List<? extends Command<?>> commands) {
        begin();
        List<Outcome<?>> outcomes = new ArrayList<>();
        commands.forEach(command -> outcomes.add(room.apply(command, Turn.at(now))));
        return outcomes;
    }

    /** Records the outcomes of a batch. */
    public void record(List<? extends Outcome<?>> outcomes) {
        store.append(events(outcomes), joins(outcomes), room.lamportTime());
    }

    public static List<Event> events(List<? extends Outcome<?>> outcomes) {
        List<Event> events = new ArrayList<>();
        outcomes.forEach(outcome -> outcome.event().ifPresent(events::add));
        return events;
    }

    private static List<Result.Joined> joins(List<? extends Outcome<?>> outcomes) {
        List<Result.Joined> joins = new ArrayList<>();
        for (Outcome<?> outcome : outcomes) {
            if (outcome instanceof Outcome.Accepted<?> accepted
                    && accepted.result() instanceof Result.Joined joined
                    && !joined.repeated()) {
                joins.add(joined);
            }
        }
        return joins;
    }
}
