package io.chittychat.server.rpc;

import static io.chittychat.server.rpc.RawConnection.DATA;
import static io.chittychat.server.rpc.RawConnection.ENHANCE_YOUR_CALM;
import static io.chittychat.server.rpc.RawConnection.GOAWAY;
import static io.chittychat.server.rpc.RawConnection.PING;
import static io.chittychat.server.rpc.RawConnection.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.config.ChatSlice;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ListParticipantsRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The limits on control frames and refused calls, above which a connection is closed. */
@ChatSlice
@TestPropertySource(
        properties = {
            "grpc.server.port=0",
            "chitty.grpc.max-control-frames-per-second=20",
            "chitty.grpc.max-resets-per-second=50",
            "chitty.grpc.request-timeout=1h",
            "chitty.grpc.permit-keepalive-time=0s",
            "chitty.session.resume-window=1h"
        })
@Import(GrpcPort.class)
class ConnectionFloodTest {

    private static final int PRIORITY = 2;
    private static final int WINDOW_UPDATE = 8;
    private static final int MANY = 1000;
    private static final int PIECE = 64; // bytes
    private static final int WINDOW = 64 * 1024; // bytes

    @Autowired
    private GrpcPort port;

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
    void closeChannel() {
        channel.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        SETTINGS + ", 0, 0, 0",
        SETTINGS + ", 1, 0, 0", // an acknowledgement without settings to acknowledge
        PING + ", 0, 0, 8",
        PING + ", 1, 0, 8",
        PRIORITY + ", 0, 3, 5",
        WINDOW_UPDATE + ", 0, 0, 4",
        "126, 0, 0, 8" // an unknown type
    })
    void tooManyControlFramesCloseOnlyTheirConnection(int type, int flags, int stream, int length) throws IOException {
        byte[] payload = new byte[length];
        if (length > 0) {
            payload[length - 1] = 1;
        }
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            for (int i = 0; i < MANY; i++) {
                hostile.frame(type, flags, stream, payload);
            }
            waiting().until(hostile::isClosed);
            assertThat(hostile.received(GOAWAY))
                    .extracting(RawConnection.Frame::errorCode)
                    .contains(ENHANCE_YOUR_CALM);
            alice.publish("still here");
        }
    }

    @Test
    void tooManyRefusedCallsCloseOnlyTheirConnection() throws IOException {
        byte[] list = ListParticipantsRequest.newBuilder()
                .setSessionToken(alice.token())
                .build()
                .toByteArray();
        try (RawConnection hostile = new RawConnection(port.number(), WINDOW)) {
            for (int i = 0; i < 10 * MANY && !hostile.isClosed(); i++) {
                hostile.call(ChatServiceGrpc.getListParticipantsMethod().getFullMethodName(), list);
            }
            waiting().until(hostile::isClosed);
            assertThat(hostile.received(GOAWAY))
                    .extracting(RawConnection.Frame::errorCode)
                    .contains(ENHANCE_YOUR_CALM);
            alice.publish("still here");
        }
    }

    @Test
    void clientThatReadsRepliesMaySendMoreControlFrames() throws IOException {
        byte[] list = ListParticipantsRequest.newBuilder()
                .setSessionToken(alice.token())
                .build()
                .toByteArray();
        byte[] more = ByteBuffer.allocate(Integer.BYTES).putInt(PIECE).array();
        try (RawConnection reader = new RawConnection(port.number(), WINDOW)) {
            for (int i = 1; i <= 200; i++) {
                reader.call(ChatServiceGrpc.getListParticipantsMethod().getFullMethodName(), list);
                int expected = i;
                waiting()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> reader.received(DATA).size() >= expected);
                reader.frame(WINDOW_UPDATE, 0, 0, more);
                reader.frame(PING, 0, 0, new byte[Long.BYTES]);
            }
            assertThat(reader.received(GOAWAY)).isEmpty();
        }
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
