package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.session.ChatException.Problem;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over a real port, with a server that closes its sockets. */
class LostConnectionTest {

    private final FakeChatService service = new FakeChatService();
    private final RecordingListener heard = new RecordingListener();
    private @Nullable Server server;

    @SuppressWarnings("NullAway.Init")
    private ManagedChannel channel;

    @SuppressWarnings("NullAway.Init")
    private ChatSession session;

    @AfterEach
    void stop() {
        session.close();
        channel.shutdownNow();
        if (server != null) {
            server.shutdownNow();
        }
    }

    @Test
    void connectionLossIsResumedWithoutGapOrRepeat() throws Exception {
        Server first = serve(0);
        int port = first.getPort();
        connect(port);
        get(session.join("alice"));
        get(session.publish("one"));

        first.shutdownNow().awaitTermination();
        CompletableFuture<Published> typedWhileLost = session.publish("three");
        await().until(() -> heard.states.contains(ConnectionState.LOST));
        service.say("bob", "two");
        serve(port);

        get(typedWhileLost);
        await().until(() -> heard.states.contains(ConnectionState.RESUMED) && heard.events.size() == 4);
        assertThat(heard.events).isEqualTo(service.log());
        assertThat(heard.missed).isEmpty();
    }

    @Test
    void wrongAddressIsReportedAtOnce() throws Exception {
        int unused;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = free.getLocalPort();
        }
        connect(unused);

        assertThatThrownBy(() -> session.join("alice").get(3, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));
    }

    @Test
    void addressThatNeverAnswersIsReportedInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connect(silent.getLocalPort());

            assertThatThrownBy(() -> session.join("alice").get(9, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));
        }
    }

    private Server serve(int port) throws IOException {
        Server started = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(service)
                .build()
                .start();
        server = started;
        return started;
    }

    private void connect(int port) {
        channel = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .usePlaintext()
                .build();
        session = ChatSession.builder(channel)
                .settings(new SessionSettings(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)),
                        false))
                .listener(heard)
                .build();
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
