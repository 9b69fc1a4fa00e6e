package io.chittychat.server.store;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * The time to record an event with 64 bytes of text, in nanoseconds for each event, without what SQLite allocates. The file is
 * in the directory for temporary files.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets up before it measures
public class AppendBenchmark {

    private static final int BATCH = 64;
    private static final String TEXT = "What a participant says has sixty-four bytes, as in this example";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 1_000);
    private static final SessionId SESSION = new SessionId(1, 17);

    /** Whether a batch is synced. */
    @Param({"OS", "FSYNC"})
    public Durability durability = Durability.OS;

    private long time;
    private Path dir;
    private EventStore store;

    /** Creates a store. */
    @Setup
    public void open() throws IOException {
        dir = Files.createTempDirectory("chitty-benchmark");
        store = EventStore.open(dir.resolve("chitty.db"), durability);
    }

    /** Empties the write-ahead log, as the service does all the time. */
    @TearDown(Level.Iteration)
    public void checkpoint() {
        store.checkpoint();
    }

    /** Deletes the store. */
    @TearDown
    public void close() throws IOException {
        store.close();
        FileSystemUtils.deleteRecursively(dir);
    }

    /** A batch of events, as under load. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long appendBatch() {
        return append(BATCH);
    }

    /** A batch of one event, as without load. */
    @Benchmark
    public long appendOne() {
        return append(1);
    }

    private long append(int size) {
        List<Event> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Event.Header header = new Event.Header(time + 1, time, time, NOW, SESSION, "participant 17");
            events.add(new Event.Published(header, TEXT, time));
            time++;
        }
        store.append(events, List.of(), time);
        return time;
    }
}
