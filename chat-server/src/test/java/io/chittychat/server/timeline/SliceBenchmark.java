package io.chittychat.server.timeline;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The time to find the next slice for each of 100 readers, in nanoseconds for each reader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SliceBenchmark {

    private static final int READERS = 100;
    private static final long NO_END = Long.MAX_VALUE;

    private final Timeline timeline = new Timeline(0, 64L << 20);
    private long newest;

    /** 100,000 events. */
    @Setup
    public void fill() {
        Events events = new Events();
        for (int i = 0; i < 1000; i++) {
            newest += 100;
            Events.show(timeline, events.next(100, 1), newest);
        }
    }

    /** All readers have the same cursor near the end of the log, as live readers do. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void atTheTail(Blackhole sent) {
        View view = timeline.view();
        SliceFinder slices = new SliceFinder(view);
        for (int reader = 0; reader < READERS; reader++) {
            sent.consume(slices.find(newest - 10, NO_END));
        }
    }

    /** All readers have all events: the cost of a round that sends nothing. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void nothingNew(Blackhole sent) {
        View view = timeline.view();
        SliceFinder slices = new SliceFinder(view);
        for (int reader = 0; reader < READERS; reader++) {
            sent.consume(slices.find(newest, NO_END));
        }
    }

    /** Each reader has its own cursor anywhere in the log. */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void spreadOut(Blackhole sent) {
        View view = timeline.view();
        SliceFinder slices = new SliceFinder(view);
        for (int reader = 0; reader < READERS; reader++) {
            sent.consume(slices.find(newest * reader / READERS, NO_END));
        }
    }
}
