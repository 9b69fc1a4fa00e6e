package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.chittychat.process.Relay;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What gRPC tells of a message while it arrives. */
class ArrivalTracerTest {

    private static final int PART = 200_000; // bytes
    private static final int WHOLE = 600_000;

    private final CountDownLatch rest = new CountDownLatch(1);

    /** Transports a part of what the service sends, and the rest when the test says so. */
    private final class Halting implements Relay.Course {

        @Override
        public void toCaller(InputStream service, OutputStream caller) throws IOException {
            byte[] buffer = new byte[1000];
            int passed = 0;
            while (passed < PART) {
                int count = service.read(buffer);
                if (count < 0) {
                    return;
                }
                caller.write(buffer, 0, count);
                passed += count;
            }
            try {
                rest.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            transport(service, caller);
        }
    }

    @Test
    void bytesCountBeforeTheirMessageIsWhole() throws Exception {
        FakeChatService service = new FakeChatService();
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(service)
                .build()
                .start();
        ManagedChannel direct = channel(server.getPort());
        try (Relay relay = new Relay(Relay.onLoopback(server.getPort()), Halting::new)) {
            ManagedChannel relayed = channel(relay.port());
            ArrivalTracer tracer = new ArrivalTracer();
            try {
                String token = ChatServiceGrpc.newBlockingStub(direct)
                        .join(JoinRequest.newBuilder()
                                .setParticipantName("alice")
                                .build())
                        .getSessionToken();
                service.say("bob", "x".repeat(WHOLE));
                ListenableFuture<ListEventsResponse> events = ClientCalls.futureUnaryCall(
                        relayed.newCall(
                                ChatServiceGrpc.getListEventsMethod(),
                                CallOptions.DEFAULT.withStreamTracerFactory(tracer)),
                        ListEventsRequest.newBuilder().setSessionToken(token).build());
                await().until(() -> tracer.bytes() > PART / 2);
                assertThat(tracer.bytes()).isLessThan(WHOLE);
                assertThat(events.isDone()).isFalse();

                rest.countDown();
                events.get(10, TimeUnit.SECONDS);
                assertThat(tracer.bytes()).isGreaterThan(WHOLE);
            } finally {
                rest.countDown();
                relayed.shutdownNow();
            }
        } finally {
            direct.shutdownNow();
            server.shutdownNow();
        }
    }

    private static ManagedChannel channel(int port) {
        return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                .build();
    }
}
