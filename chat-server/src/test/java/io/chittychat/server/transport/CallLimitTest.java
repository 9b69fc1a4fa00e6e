package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.bridge.BridgedPeer;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Of calls that wait, 20 may come over gRPC and 20 over HTTP; each connection, or address over HTTP, may have 16. */
class CallLimitTest {

    private static final int LIMIT = 20;
    private static final int SHARE = 16;

    private final EventLoops loops = new EventLoops(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Server> servers = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final GrpcTransport transport = new GrpcTransport(
            new Binder(new MapConfigurationPropertySource(Map.of("chitty.grpc.max-waiting-calls", LIMIT)))
                    .bind("chitty.grpc", GrpcSettings.class)
                    .get(),
            loops,
            ServerTls.none(),
            new ConnectionTotals(),
            new ServiceLog(new CallMeters(new SimpleMeterRegistry()), false));
    private int port;

    /** Never answers. */
    private final ChatServiceGrpc.AsyncService service = new ChatServiceGrpc.AsyncService() {
        @Override
        public void join(JoinRequest request, StreamObserver<JoinResponse> response) {
            waiting.incrementAndGet();
        }
    };

    @BeforeEach
    void startGrpc() throws IOException {
        port = start(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                .getPort();
    }

    private Server start(ServerBuilder<?> builder, ServerInterceptor... first) throws IOException {
        transport.configure(builder);
        builder.addService(ChatServiceGrpc.bindService(service)).intercept(transport.callLimit());
        for (ServerInterceptor interceptor : first) {
            builder.intercept(interceptor);
        }
        Server server = builder.build().start();
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        servers.forEach(Server::shutdownNow);
        loops.close();
    }

    private ChatServiceStub over(ManagedChannel channel) {
        channels.add(channel);
        return ChatServiceGrpc.newStub((Channel) channel);
    }

    private ChatServiceStub overGrpc() {
        return over(ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build());
    }

    /** As the bridge calls for a client at an address. */
    private ChatServiceStub overHttp(String address) throws IOException {
        String name = "http " + address;
        start(InProcessServerBuilder.forName(name), BridgedPeer.read());
        return over(InProcessChannelBuilder.forName(name)
                .intercept(BridgedPeer.named(new InetSocketAddress(address, 1)))
                .build());
    }

    /** Makes calls, of which some are to wait, and the others are refused. */
    private void call(ChatServiceStub stub, int count, int thatWait) {
        int before = waiting.get();
        AtomicInteger refused = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            stub.join(JoinRequest.getDefaultInstance(), new StreamObserver<>() {
                @Override
                public void onNext(JoinResponse response) {}

                @Override
                public void onError(Throwable failure) {
                    if (ErrorReason.of(failure)
                            .filter(ErrorReason.RATE_LIMITED::equals)
                            .isPresent()) {
                        refused.incrementAndGet();
                    }
                }

                @Override
                public void onCompleted() {}
            });
        }
        await().until(() -> refused.get() + waiting.get() - before == count);
        assertThat(waiting.get() - before).isEqualTo(thatWait);
    }

    @Test
    void callersOverHttpLeaveThePlacesOfCallersOverGrpc() throws IOException {
        call(overHttp("192.0.2.1"), 30, LIMIT);
        call(overGrpc(), 30, LIMIT);
    }

    @Test
    void callersOverGrpcLeaveThePlacesOfCallersOverHttp() throws IOException {
        call(overGrpc(), 30, LIMIT);
        call(overHttp("192.0.2.1"), 30, LIMIT);
    }

    @Test
    void eachHasItsShareEvenIfOthersWait() throws IOException {
        call(overHttp("192.0.2.1"), 30, LIMIT);
        call(overHttp("192.0.2.2"), 30, SHARE);
        call(overGrpc(), 30, LIMIT);
        call(overGrpc(), 30, SHARE);
    }
}
