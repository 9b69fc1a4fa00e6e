package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

/** Nobody can fill the service's log with stack traces by sending it rubbish. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"chitty.store.durability=memory", "grpc.server.port=0"})
@ExtendWith(OutputCaptureExtension.class)
@Import(NetworkContractTest.PortConfiguration.class)
class LogNoiseTest {

    @Autowired
    private NetworkContractTest.Port port;

    @Test
    void whatIsNoHttp2IsNotWorthAStackTrace(CapturedOutput output) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port.number())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes(); // until the service has closed the connection
        }
        assertThat(output).doesNotContain("Exception");
    }

    @Test
    void messageThatIsTooLargeIsNotWorthAStackTrace(CapturedOutput output) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .build();
        try {
            StatusRuntimeException refused = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ChatServiceGrpc.newBlockingStub(channel)
                            .join(JoinRequest.newBuilder()
                                    .setParticipantName("x".repeat(2 << 20))
                                    .build()));
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        } finally {
            channel.shutdownNow();
        }
        assertThat(output).doesNotContain("Exception");
    }
}
