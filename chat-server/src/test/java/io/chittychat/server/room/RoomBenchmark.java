package io.chittychat.server.room;

import io.chittychat.time.LamportClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time that the room takes for a publish, in nanoseconds; 100 participants publish in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoomBenchmark {

    private static final int PARTICIPANTS = 100;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LamportClock clock = new LamportClock();
    private final Room room =
            new Room(clock, new ParticipantRegistry(), new Room.Limits(PARTICIPANTS, RoomFixture.WINDOW));
    private long sequence;

    /** Fills the room. */
    @Setup
    public void join() {
        for (int i = 0; i < PARTICIPANTS; i++) {
            room.apply(RoomFixture.join("participant " + i, i, 1), Turn.at(NOW));
        }
    }

    /** A publish with a sequence, as clients send it. */
    @Benchmark
    public Outcome<Result.Published> publish() {
        sequence++;
        return settled(command(sequence));
    }

    /** A publish without a sequence. */
    @Benchmark
    public Outcome<Result.Published> publishUnrepeatable() {
        sequence++;
        return settled(command(0));
    }

    /** A repeat of an accepted publish. */
    @Benchmark
    public Outcome<Result.Published> repeat() {
        return room.apply(command(1), Turn.at(NOW));
    }

    /** A received Lamport time. */
    @Benchmark
    public long clockWitnesses() {
        return clock.witness(sequence);
    }

    /** A batch of one: without its end, the room would keep all that it may have to undo. */
    private Outcome<Result.Published> settled(Command.Publish command) {
        Outcome<Result.Published> outcome = room.apply(command, Turn.at(NOW));
        room.settle();
        return outcome;
    }

    private Command.Publish command(long repeatableAs) {
        SessionId session = RoomFixture.session(sequence % PARTICIPANTS);
        return new Command.Publish(session, "what is said", repeatableAs, clock.read());
    }
}
