package io.chittychat.server.timeline;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to append an event with 64 bytes of text to the timeline, in nanoseconds for each event. The
 * time to make the events is measured separately.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimelineBenchmark {

    private static final int BATCH = 64;
    private static final long MEMORY = 4 << 20; // small, so that the benchmark does not measure the garbage collector
    private static final String TEXT = "What a participant says has sixty-four bytes, as in this example";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 123_456_000);
    private static final SessionId ALICE = new SessionId(1, 2);

    private final Timeline timeline = new Timeline(0, MEMORY);
    private long time;

    /** The time to make the events, to be subtracted from the other results. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Event> makeOnly() {
        return batch(BATCH);
    }

    /** A batch of events, as under load. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public View appendBatch() {
        timeline.append(batch(BATCH), time);
        return timeline.view();
    }

    /** A batch of one event, as without load. */
    @Benchmark
    public View appendOne() {
        timeline.append(batch(1), time);
        return timeline.view();
    }

    private List<Event> batch(int size) {
        List<Event> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Event.Header header = new Event.Header(time + 1, time, time, NOW, ALICE, "participant 17");
            events.add(new Event.Published(header, TEXT, time));
            time++;
        }
        return events;
    }
}
