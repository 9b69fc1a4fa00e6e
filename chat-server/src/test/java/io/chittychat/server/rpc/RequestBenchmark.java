package io.chittychat.server.rpc;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
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

/** The time to parse a publish with a text of 64 bytes, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBenchmark {

    private final RequestParser<PublishRequest> parser =
            new RequestParser<>(ChatServiceGrpc.getPublishMethod().getRequestMarshaller());
    private byte[] unary = {};
    private byte[] streamed = {};

    /** Encodes the requests. */
    @Setup
    public void encode() {
        PublishRequest request = PublishFixture.request(1000);
        streamed = request.toByteArray();
        unary = request.toBuilder()
                .setSessionToken(PublishFixture.TOKEN)
                .build()
                .toByteArray();
    }

    /** A unary call, or the first message of a stream: it has the session's token. */
    @Benchmark
    public PublishRequest withToken() throws RequestParser.UnreadableException {
        return parser.parse(new PublishFixture.Received(unary));
    }

    /** A later message of a stream. */
    @Benchmark
    public PublishRequest withoutToken() throws RequestParser.UnreadableException {
        return parser.parse(new PublishFixture.Received(streamed));
    }
}
