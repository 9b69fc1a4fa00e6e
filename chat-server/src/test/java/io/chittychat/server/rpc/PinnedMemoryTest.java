package io.chittychat.server.rpc;

import static io.chittychat.server.rpc.RawConnection.DATA;
import static io.chittychat.server.rpc.RawConnection.END_STREAM;
import static io.chittychat.server.rpc.RawConnection.ENHANCE_YOUR_CALM;
import static io.chittychat.server.rpc.RawConnection.GOAWAY;
import static io.chittychat.server.rpc.RawConnection.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.config.ChatSlice;
import io.chittychat.server.transport.ConnectionTotals;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * Limits on the memory that a connection can make the service keep by sending incomplete requests or reading no
 * replies; other connections are not affected.
 */
@ChatSlice
@TestPropertySource(
        properties = {
            "grpc.server.port=0",
            "chitty.grpc.max-message-size=16KB",
            "chitty.grpc.request-timeout=1s",
            "chitty.grpc.max-waiting-calls=40",
            "chitty.grpc.max-unread-size-per-connection=256KB",
            "chitty.grpc.unread-timeout=2s",
            "chitty.session.resume-window=1h"
        })
@Import(GrpcPort.class)
class PinnedMemoryTest {

    private static final String PUBLISH_STREAM = name(ChatServiceGrpc.getPublishStreamMethod());
    private static final String LIST_EVENTS = name(ChatServiceGrpc.getListEventsMethod());
    private static final String PUBLISH = name(ChatServiceGrpc.getPublishMethod());
    private static final int LARGEST = 16 * 1024; // bytes
    private static final int WINDOW = 64 * 1024; // bytes

    @Autowired
    private GrpcPort port;

    @Autowired
    private ConnectionTotals totals;

    private ManagedChannel channel;
    private Participant alice;

    @BeforeEach
    void join() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .build();
        alice = Participant.join(channel, "alice" + System.nanoTime());
    }

    @AfterEach
    void closedConnectionsKeepNoMemory() {
        channel.shutdownNow();
        waiting().untilAsserted(() -> {
            assertThat(totals.requests().sum()).isZero();
            assertThat(totals.replies().sum()).isZero();
            assertThat(totals.waitingCalls()).hasValue(0);
        });
    }

    @Test
    void incompleteRequestsOfOneConnectionAreBounded() throws IOException {
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            for (int i = 0; i < 30; i++) {
                hostile.frame(DATA, 0, hostile.open(PUBLISH_STREAM), half(LARGEST - 1000));
            }
            waiting().until(() -> hostile.received(RST_STREAM).size() >= 20);
            assertThat(hostile.received(RST_STREAM))
                    .extracting(RawConnection.Frame::errorCode)
                    .containsOnly(ENHANCE_YOUR_CALM);
            waiting().untilAsserted(() -> assertThat(totals.requests().sum()).isLessThanOrEqualTo(4L * LARGEST));
            alice.publish("still here");
        }
    }

    @Test
    void requestThatDoesNotArriveIsEnded() throws IOException {
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            int silent = hostile.open(PUBLISH);
            int half = hostile.open(PUBLISH);
            hostile.frame(DATA, 0, half, half(10));
            int second = hostile.open(PUBLISH_STREAM);
            hostile.frame(DATA, 0, second, RawConnection.message(0, new byte[0]));
            hostile.frame(DATA, 0, second, new byte[] {0, 0});
            waiting()
                    .untilAsserted(() -> assertThat(hostile.received(RST_STREAM))
                            .extracting(RawConnection.Frame::stream)
                            .contains(silent, half));
            waiting()
                    .untilAsserted(() -> assertThat(hostile.received(RST_STREAM))
                            .extracting(RawConnection.Frame::stream)
                            .contains(second));
        }
    }

    @Test
    void publishStreamWithoutAParticipantIsEnded() throws IOException {
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            int stream = hostile.open(PUBLISH_STREAM);
            byte[] stranger = PublishRequest.newBuilder().setText("hi").build().toByteArray();
            hostile.frame(DATA, 0, stream, RawConnection.message(stranger.length, stranger));
            waiting().until(() -> hostile.answered() == 1);
            waiting()
                    .untilAsserted(() -> assertThat(hostile.received(RST_STREAM)) // the service ended the call
                            .extracting(RawConnection.Frame::errorCode)
                            .contains(0));
        }
    }

    @Test
    void publishStreamOfAParticipantMayBeSilent() throws IOException {
        try (RawConnection honest = new RawConnection(port.number(), WINDOW);
                RawConnection other = new RawConnection(port.number(), WINDOW)) {
            byte[] message = alice.message("hi").build().toByteArray();
            honest.frame(DATA, 0, honest.open(PUBLISH_STREAM), RawConnection.message(message.length, message));
            waiting().until(() -> !honest.received(DATA).isEmpty());
            int later = other.open(PUBLISH_STREAM); // its time begins later, so that ours has passed when it is ended
            waiting()
                    .untilAsserted(() -> assertThat(other.received(RST_STREAM))
                            .extracting(RawConnection.Frame::stream)
                            .contains(later));
            assertThat(honest.received(RST_STREAM)).isEmpty();
            assertThat(honest.answered()).isZero();
        }
    }

    @Test
    void unusedCallsBeyondALimitAreRefusedAndOthersAreServed() throws IOException {
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            for (int i = 0; i < 200; i++) {
                hostile.open(PUBLISH_STREAM);
            }
            waiting().until(() -> hostile.answered() >= 160);
            assertThat(totals.waitingCalls()).hasValueLessThanOrEqualTo(40);
            alice.publish("still here");
        }
    }

    @Test
    void unreadRepliesAreBoundedAndTheirConnectionIsClosed() throws IOException {
        for (int i = 0; i < 300; i++) {
            alice.publish("\u2603".repeat(128));
        }
        byte[] list = ListEventsRequest.newBuilder()
                .setSessionToken(alice.token())
                .setPageSize(1000)
                .build()
                .toByteArray();
        try (RawConnection hostile = new RawConnection(port.number(), 0)) {
            for (int i = 0; i < 60; i++) {
                hostile.call(LIST_EVENTS, list);
            }
            waiting().until(() -> hostile.answered() > 0); // RATE_LIMITED
            assertThat(totals.replies().sum()).isLessThanOrEqualTo(4 * 256 * 1024);
            alice.publish("still here");
            waiting().until(hostile::isClosed);
            assertThat(hostile.received(GOAWAY))
                    .extracting(RawConnection.Frame::errorCode)
                    .containsExactly(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void framesWithoutDataEndTheConnection() throws IOException {
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            int stream = hostile.open(PUBLISH_STREAM);
            for (int i = 0; i < 1500; i++) {
                hostile.frame(DATA, 0, stream, new byte[0]);
            }
            waiting().until(hostile::isClosed);
        }
    }

    @Test
    void requestThatEndsWithItsHeadersIsAnswered() throws IOException {
        try (RawConnection client = new RawConnection(port.number(), WINDOW)) {
            client.frame(DATA, END_STREAM, client.open(PUBLISH), new byte[0]);
            waiting().until(() -> client.answered() == 1);
        }
    }

    private static byte[] half(int there) {
        return RawConnection.message(LARGEST, new byte[there]);
    }

    private static String name(MethodDescriptor<?, ?> method) {
        return method.getFullMethodName();
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
