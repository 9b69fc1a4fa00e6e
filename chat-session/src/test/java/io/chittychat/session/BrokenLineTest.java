package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.Relay;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a line that breaks at any byte: before or within a request, or before its reply. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenLineTest {

    private static final int SHORTEST_BYTES = 900; // enough to open a connection, and too little for ten messages
    private static final int LONGEST_BYTES = 1900;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyMessageIsSaidOnceAndInOrder(long seed) throws Exception {
        FakeChatService service = new FakeChatService();
        Random random = new Random(seed);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .build()
                .start();
        List<String> texts =
                IntStream.range(0, 60).mapToObj(i -> "message " + i).toList();
        AtomicInteger breaks = new AtomicInteger();
        try (Relay line = new Relay(
                Relay.onLoopback(server.getPort()),
                () -> new BreakingCourse(random.nextInt(SHORTEST_BYTES, LONGEST_BYTES), breaks))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), line.port()))
                    .usePlaintext()
                    .build();
            try (ChatSession session = ChatSession.builder(channel)
                    .settings(new SessionSettings(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(60),
                            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)),
                            true))
                    .build()) {
                get(session.join("alice"));
                texts.stream().map(session::publish).toList().forEach(BrokenLineTest::get);
            } finally {
                channel.shutdownNow();
            }
            assertThat(breaks.get()).isGreaterThan(5);
        } finally {
            server.shutdownNow();
        }
        assertThat(service.log().stream()
                        .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                        .map(Event::getText))
                .as("seed %d", seed)
                .containsExactlyElementsOf(texts);
    }

    /** Breaks a connection after a number of bytes of both directions, perhaps within a message. */
    private record BreakingCourse(AtomicLong left, AtomicInteger breaks) implements Relay.Course {

        BreakingCourse(long bytes, AtomicInteger breaks) {
            this(new AtomicLong(bytes), breaks);
        }

        @Override
        public boolean pass(byte[] buffer, int count, OutputStream to) throws IOException {
            long beyond = -left.addAndGet(-count);
            if (beyond >= 0) {
                to.write(buffer, 0, (int) Math.max(0, count - beyond));
                breaks.incrementAndGet();
                return false;
            }
            to.write(buffer, 0, count);
            return true;
        }
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
