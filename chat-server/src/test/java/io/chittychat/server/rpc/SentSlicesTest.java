package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.bridge.BridgedPeer;
import io.chittychat.server.timeline.Slice;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.ChatServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The memory of a slice can be used again as soon as it is sent, whatever transport carries it. */
class SentSlicesTest {

    private static final int COUNT = 20;

    @Test
    void networkHasCopiedASliceWhenItIsSent() throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(overwriting())
                .build()
                .start();
        try {
            assertReceived(ManagedChannelBuilder.forAddress("localhost", server.getPort())
                    .usePlaintext()
                    .build());
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void callInThisProcessIsSentACopy() throws Exception {
        Server server = InProcessServerBuilder.forName("slices")
                .addService(overwriting())
                .intercept(BridgedPeer.read())
                .build()
                .start();
        try {
            assertReceived(InProcessChannelBuilder.forName("slices")
                    .intercept(BridgedPeer.named(new InetSocketAddress("192.0.2.1", 1)))
                    .build());
        } finally {
            server.shutdownNow();
        }
    }

    /** Sends slices, and overwrites each at once. */
    private static BindableService overwriting() {
        return () -> ServiceBinding.bind(
                new ChatServiceGrpc.ChatServiceImplBase() {}.bindService(), SentSlicesTest::sendAndOverwrite);
    }

    private static void sendAndOverwrite(BroadcastRequest request, StreamObserver<Slice> responses) {
        for (long time = 1; time <= COUNT; time++) {
            byte[] bytes = BroadcastResponse.newBuilder()
                    .setCaughtUp(CaughtUp.newBuilder().setLamportTime(time))
                    .build()
                    .toByteArray();
            responses.onNext(new Slice(bytes, 0, bytes.length, time));
            Arrays.fill(bytes, (byte) 0xff);
        }
        responses.onCompleted();
    }

    private static void assertReceived(ManagedChannel channel) {
        try {
            List<Long> received = new ArrayList<>();
            ChatServiceGrpc.newBlockingStub(channel)
                    .broadcast(BroadcastRequest.getDefaultInstance())
                    .forEachRemaining(
                            response -> received.add(response.getCaughtUp().getLamportTime()));
            assertThat(received)
                    .isEqualTo(LongStream.rangeClosed(1, COUNT).boxed().toList());
        } finally {
            channel.shutdownNow();
        }
    }
}
