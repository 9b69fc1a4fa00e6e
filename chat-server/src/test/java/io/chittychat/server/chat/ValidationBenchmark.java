package io.chittychat.server.chat;

import com.google.rpc.Status;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time to validate a request, in nanoseconds. Texts have 64 characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValidationBenchmark {

    private final Validation validation = new Validation(new LamportClock(1000));
    private final PublishRequest ascii = said("hi there".repeat(8));
    private final PublishRequest emoji = said("\uD83D\uDE00".repeat(64));
    private final PublishRequest tooLong = said("hi there".repeat(17));
    private final JoinRequest join = JoinRequest.newBuilder()
            .setParticipantName("participant 17")
            .setLamportTime(1)
            .build();

    /** Plain English. */
    @Benchmark
    public Optional<Status> asciiText() {
        return validation.publish(ascii);
    }

    /** Only surrogate pairs. */
    @Benchmark
    public Optional<Status> emojiText() {
        return validation.publish(emoji);
    }

    /** A text that is refused, including its error. */
    @Benchmark
    public Optional<Status> tooLongText() {
        return validation.publish(tooLong);
    }

    /** A name, which is normalised and folded. */
    @Benchmark
    public Optional<Status> name() {
        return validation.join(join);
    }

    private static PublishRequest said(String text) {
        return PublishRequest.newBuilder().setText(text).setLamportTime(7).build();
    }
}
