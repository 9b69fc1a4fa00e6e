package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An origin may have two connections; the third and fourth are refused with a reason, later ones are closed at once.
 */
class ConnectionLimitTest {

    private final EventLoops loops = new EventLoops(1);
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        ConnectionLimit limit = new ConnectionLimit(
                2, origin -> true, new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false));
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        loops.use(builder, new ConnectionGuard(4, origin -> true, connection -> {}));
        server = builder.addTransportFilter(limit)
                .intercept(limit)
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        loops.close();
    }

    /** Opens another connection. */
    private ManagedChannel connect() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    private static boolean serves(ManagedChannel channel) {
        try {
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException e) {
            assertThat(ErrorReason.of(e)).contains(ErrorReason.RATE_LIMITED);
            return false;
        }
    }

    @Test
    void connectionBeyondTheLimitIsRefusedUntilAnotherOneIsClosed() {
        ManagedChannel first = connect();
        assertThat(serves(first)).isTrue();
        assertThat(serves(connect())).isTrue();
        ManagedChannel third = connect();
        assertThat(serves(third)).isFalse();
        third.shutdownNow();
        first.shutdownNow();

        await().until(() -> serves(connect()));
    }

    @Test
    void connectionsFarBeyondTheLimitAreClosedAtOnce() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket("127.0.0.1", server.getPort());
                open.add(socket);
                assertThat(isServed(socket)).isTrue();
            }
            try (Socket fifth = new Socket("127.0.0.1", server.getPort())) {
                assertThat(isServed(fifth)).isFalse();
            }
            open.get(0).close();
            await().until(() -> {
                Socket socket = new Socket("127.0.0.1", server.getPort());
                open.add(socket);
                return isServed(socket);
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Whether the server sends the settings with which HTTP/2 begins. */
    private static boolean isServed(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false; // reset
        }
    }
}
