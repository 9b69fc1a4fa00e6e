package io.chittychat.server.timeline;

import com.google.protobuf.Timestamp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
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
 * What it costs the room thread to put an event of 64 bytes of text into the timeline, in wire format; nanoseconds for
 * each event. Events remember their size once it was asked for, so every one is new; making them is measured apart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimelineBenchmark {

    private static final int BATCH = 64;
    private static final long MEMORY = 4 << 20; // little, since at this pace the collector would be measured otherwise
    private static final String TEXT = "What a participant says has sixty-four bytes, as in this example";
    private static final Timestamp NOW =
            Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(1).build();

    private final Timeline timeline = new Timeline(0, MEMORY);
    private long time;

    /** What is to be subtracted from the others. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Event> makeOnly() {
        return batch(BATCH);
    }

    /** As under load. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public View appendBatch() {
        timeline.show(batch(BATCH), time);
        return timeline.view();
    }

    /** As when it is quiet. */
    @Benchmark
    public View appendOne() {
        timeline.show(batch(1), time);
        return timeline.view();
    }

    private List<Event> batch(int size) {
        List<Event> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            events.add(Event.newBuilder()
                    .setPreviousLamportTime(time)
                    .setLamportTime(++time)
                    .setParticipantLamportTime(time)
                    .setSequence(time)
                    .setType(EventType.EVENT_TYPE_PUBLISHED)
                    .setParticipant("participant 17")
                    .setText(TEXT)
                    .setRecordedAt(NOW)
                    .build());
        }
        return events;
    }
}
