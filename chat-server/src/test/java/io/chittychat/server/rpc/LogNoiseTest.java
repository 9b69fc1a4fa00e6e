package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.observe.ServiceLogLines;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

/** Malformed requests cause no stack traces in the service's log, only one line for each call. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"chitty.store.durability=memory", "grpc.server.port=0"})
@ExtendWith(OutputCaptureExtension.class)
@Import(GrpcPort.class)
class LogNoiseTest {

    private static final String UNSERVED = " participant=\"\" lamport_in=0 lamport_out=0 outcome=";

    private static final Duration BOUND = Duration.ofSeconds(30);

    @Autowired
    private GrpcPort port;

    private final ServiceLogLines lines = new ServiceLogLines();

    @BeforeEach
    void listen() {
        lines.attach();
    }

    @AfterEach
    void noStackTraceIsLogged(CapturedOutput output) {
        assertThat(output).doesNotContain("Exception").doesNotContain("ERROR");
        lines.stop();
    }

    private ManagedChannelBuilder<?> channel() {
        return ManagedChannelBuilder.forAddress("127.0.0.1", port.number()).usePlaintext();
    }

    /** Joins over a new channel. */
    private Status join(ManagedChannelBuilder<?> to, CallOptions options, String name) {
        ManagedChannel channel = to.build();
        try {
            JoinResponse response = ClientCalls.blockingUnaryCall(
                    channel,
                    ChatServiceGrpc.getJoinMethod(),
                    options,
                    JoinRequest.newBuilder().setParticipantName(name).build());
            assertThat(response.getSessionToken()).isNotEmpty();
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        } finally {
            channel.shutdownNow();
        }
    }

    private Status join(Compression compression, String name) {
        return join(
                channel().compressorRegistry(compression.registry()),
                CallOptions.DEFAULT.withCompression(compression.getMessageEncoding()),
                name);
    }

    private void oneLine(String rpc, String outcome) {
        await().atMost(BOUND)
                .untilAsserted(() ->
                        assertThat(lines.beginningWith("rpc=")).containsExactly("rpc=" + rpc + UNSERVED + outcome));
    }

    @Test
    void connectionWithoutHttp2LogsNoStackTrace() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port.number())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes(); // until the service has closed the connection
        }
    }

    @Test
    void messageThatIsTooLargeIsRefused() {
        Status refused = join(channel(), CallOptions.DEFAULT, "x".repeat(2 << 20));
        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        oneLine("Join", "RESOURCE_EXHAUSTED");
    }

    @Test
    void compressedMessageIsRead() {
        assertThat(join(Compression.rightGzip(), "zipped").isOk()).isTrue();
        await().atMost(BOUND)
                .until(() ->
                        !lines.beginningWith("rpc=Join participant=zipped ").isEmpty());
    }

    @Test
    void largeCompressedMessageIsRefusedBeforeItIsFullyDecompressed() {
        Status refused = join(Compression.rightGzip(), "x".repeat(50 << 20));
        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        oneLine("Join", "RESOURCE_EXHAUSTED");
    }

    @Test
    void messageThatIsNotCompressedAsDeclaredIsRefused() {
        assertThat(join(Compression.none("gzip"), "alice").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        oneLine("Join", "INVALID_ARGUMENT");
    }

    @Test
    void truncatedCompressedMessageIsRefused() {
        assertThat(join(Compression.truncatedGzip(), "alice").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        oneLine("Join", "INVALID_ARGUMENT");
    }

    @Test
    void unknownCompressionIsRefused() {
        assertThat(join(Compression.none("deflate"), "alice").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        oneLine("Join", "UNIMPLEMENTED");
    }

    @Test
    void methodThatDoesNotExistIsRefused() {
        ManagedChannel channel = channel().build();
        try {
            assertThat(RawCalls.call(channel, "chittychat.v1.ChatService/Shout", new byte[0])
                            .getCode())
                    .isEqualTo(Status.Code.UNIMPLEMENTED);
            oneLine("Shout", "UNIMPLEMENTED");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void streamOfMalformedMessagesIsRefusedOnce() {
        ManagedChannel channel = channel().build();
        try {
            PublishStreamClient stream = new PublishStreamClient(channel);
            for (int i = 0; i < 200; i++) {
                stream.sendRaw(new byte[] {0x0a});
            }
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            oneLine("PublishStream", "INVALID_ARGUMENT");
        } finally {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grpc.health.v1.Health/Check",
                "grpc.health.v1.Health/Watch",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
            })
    void otherServicesRefuseMalformedMessagesToo(String method) {
        ManagedChannel channel = channel().build();
        try {
            Status refused = RawCalls.call(channel, method, new byte[] {0x0a});
            assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            oneLine(method, "INVALID_ARGUMENT");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void messagesAfterAMalformedOneAreIgnored() {
        ManagedChannel channel = channel().build();
        try {
            Participant alice = Participant.join(channel, "alice");
            PublishStreamClient stream = new PublishStreamClient(channel);
            stream.send(alice.message("one").build());
            stream.replies(1);
            stream.sendRaw(new byte[] {0x0a});
            stream.send(alice.message("two").build());
            stream.complete();
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(alice.history(alice.session.getLamportTime())).hasSize(1);
            alice.leave();
        } finally {
            channel.shutdownNow();
        }
    }
}
