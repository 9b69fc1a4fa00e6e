package io.chittychat.server.rpc;

import io.chittychat.server.log.LocalCommandLog;
import io.chittychat.server.log.RoomLoop;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.DroppedLines;
import io.chittychat.server.observe.LogMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Room;
import io.chittychat.server.storage.LogStorage;
import io.chittychat.server.storage.MeasuredJournal;
import io.chittychat.server.storage.NoStorage;
import io.chittychat.server.storage.Retention;
import io.chittychat.server.storage.SqliteStorage;
import io.chittychat.server.store.Durability;
import io.chittychat.server.timeline.Slice;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.server.timeline.View;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * The whole path of a publish in this process, in nanoseconds for each of 256 that are under way on one PublishStream: from the
 * bytes of the request to those of the reply, and to the bytes of the event for ten readers. This thread is that of the
 * connection; the room thread is a second one, and a store has threads of its own. gRPC's transport is missing, and what SQLite
 * allocates is not counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH sets up before it measures
public class PublishPathBenchmark {

    private static final int UNDER_WAY = 256;
    private static final int READERS = 10;
    private static final long TIMELINE = 64L << 20; // bytes, as in the default settings
    private static final long RESERVE = 1 << 20; // bytes
    private static final int SEQUENCE_BYTES = 5;
    private static final long FIRST_SEQUENCE = 1L << 7 * (SEQUENCE_BYTES - 1);

    /** The durability of the log. */
    @Param({"MEMORY", "OS", "FSYNC"})
    public Durability durability = Durability.MEMORY;

    private final RequestParser<PublishRequest> parser =
            new RequestParser<>(ChatServiceGrpc.getPublishStreamMethod().getRequestMarshaller());
    private final SliceMarshaller slices = new SliceMarshaller();
    private final PublishFixture.Replies replies = new PublishFixture.Replies();
    private final BlockingQueue<Runnable> connection = new LinkedBlockingQueue<>();
    private final byte[] request =
            PublishFixture.request(FIRST_SEQUENCE).toByteArray(); // the sequence is its last field
    private long sequence = FIRST_SEQUENCE;
    private long cursor;

    private Path dir;
    private LogStorage storage;
    private Timeline timeline;
    private LocalCommandLog log;
    private PublishStream stream;

    /** Wires the service, lets a participant join, and opens its stream. */
    @Setup
    public void open() throws IOException {
        DroppedLines.attach();
        LamportClock clock = new LamportClock(FIRST_SEQUENCE);
        ParticipantRegistry participants = new ParticipantRegistry();
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ServiceLog serviceLog = new ServiceLog(new CallMeters(meters), false);
        dir = Files.createTempDirectory("chitty-benchmark");
        storage = durability == Durability.MEMORY
                ? new NoStorage()
                : SqliteStorage.open(dir.resolve("chitty.db"), durability, new Retention(Duration.ZERO, 0), RESERVE);
        timeline = new Timeline(clock.read(), TIMELINE);
        Room room = new Room(clock, participants, new Room.Limits(1, Duration.ofHours(1)));
        log = new LocalCommandLog(
                new RoomLoop(room, new MeasuredJournal(storage.journal(), new LogMeters(meters)), timeline),
                Clock.systemUTC());
        log.start();
        stream = new PublishStream(
                replies,
                PublishFixture.publishing(log, participants, clock, serviceLog),
                serviceLog,
                connection::add,
                ended -> {});
        stream.start();
        Command.Join join =
                new Command.Join(ParticipantName.of("participant 17"), PublishFixture.SESSION, Optional.empty(), 1);
        log.submit(join, Reply.ignored());
        stream.onNext(PublishFixture.request(sequence++).toBuilder()
                .setSessionToken(PublishFixture.TOKEN)
                .build());
    }

    /** Ends the service. */
    @TearDown
    public void close() throws IOException {
        log.close();
        storage.close();
        FileSystemUtils.deleteRecursively(dir);
    }

    /** Publishes, waits for all replies, and sends the events to readers. */
    @Benchmark
    @OperationsPerInvocation(UNDER_WAY)
    public long publish() throws RequestParser.UnreadableException, InterruptedException {
        for (int i = 0; i < UNDER_WAY; i++) {
            number(sequence++);
            stream.onNext(parser.parse(new PublishFixture.Received(request)));
        }
        while (replies.count() < sequence - FIRST_SEQUENCE) {
            connection.take().run();
        }
        View view = timeline.view();
        send(view);
        cursor = view.lamportTime();
        return cursor;
    }

    /** Writes a sequence over that of the request; all of them have five bytes. */
    private void number(long value) {
        for (int i = 0; i < SEQUENCE_BYTES; i++) {
            boolean isLast = i == SEQUENCE_BYTES - 1;
            long bits = value >>> 7 * i & 0x7f;
            request[request.length - SEQUENCE_BYTES + i] = (byte) (isLast ? bits : bits | 0x80);
        }
    }

    private void send(View view) {
        long at = cursor;
        for (Optional<Slice> slice = view.copy(at, Integer.MAX_VALUE);
                slice.isPresent();
                slice = view.copy(at, Integer.MAX_VALUE)) {
            for (int reader = 0; reader < READERS; reader++) {
                PublishFixture.Replies.send(slices.stream(slice.get()));
            }
            at = slice.get().lastLamportTime();
        }
    }
}
