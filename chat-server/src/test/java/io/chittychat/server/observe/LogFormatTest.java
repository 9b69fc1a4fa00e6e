package io.chittychat.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.server.ChatServerApplication;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The format of the lines on the standard output. */
@ExtendWith(OutputCaptureExtension.class)
class LogFormatTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String FORMAT = "CONSOLE_LOG_STRUCTURED_FORMAT"; // Spring Boot passes the format in it

    @BeforeEach
    @AfterEach
    void forgetHowItWasLogged() {
        System.clearProperty(FORMAT);
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @Test
    void linesAreTextUnlessJsonIsConfigured(CapturedOutput output) {
        List<String> lines = serve(output, "text-lines", "");
        assertThat(lines)
                .anyMatch(line -> line.matches("time=" + TIME
                        + " level=INFO rpc=Join participant=alice lamport_in=7 lamport_out=8 outcome=OK"))
                .anyMatch(line -> line.matches("time=" + TIME
                        + " level=INFO rpc=Join participant=\"\" lamport_in=0 lamport_out=0 outcome=INVALID_ARGUMENT"
                        + " reason=NAME_INVALID"))
                .anyMatch(line -> line.matches(TIME + "  INFO \\d+ --- \\[chat-server] \\[ +main] chitty +: "
                        + "Chitty-Chat is ready: gRPC on .*"));
    }

    @Test
    void longTextOfACallerIsCut(CapturedOutput output) {
        String shown = "\\u0001".repeat(64) + "…(100000 characters)";
        assertThat(serve(output, "long-lines", ""))
                .anyMatch(line -> line.contains(" participant=\"" + shown + "\" "))
                .allMatch(line -> line.length() < 1024);
        List<String> json = serve(output, "long-json", "--logging.structured.format.console=ecs");
        assertThat(json)
                .anyMatch(line -> line.contains("\"" + shown.replace("\\", "\\\\") + "\""))
                .allMatch(line -> line.length() < 1024);
    }

    @Test
    void everyLineIsJsonAndCallsHaveFields(CapturedOutput output) {
        List<Map<String, Object>> lines =
                serve(output, "json-lines", "--logging.structured.format.console=ecs").stream()
                        .map(line -> JsonParserFactory.getJsonParser().parseMap(line))
                        .toList();
        Map<String, Object> call = lines.stream()
                .filter(line -> "alice".equals(line.get("participant")))
                .findFirst()
                .orElseThrow();
        assertThat(call)
                .containsEntry("message", "Join")
                .containsEntry("rpc", "Join")
                .containsEntry("outcome", "OK")
                .containsKey("@timestamp");
        assertThat(call.get("lamport_in")).hasToString("7");
        assertThat(call.get("lamport_out")).hasToString("8");
        assertThat(lines).anySatisfy(line -> assertThat(line).containsEntry("event", Map.of("action", "started")));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(String.valueOf(line.get("message"))).startsWith("Chitty-Chat is ready"));
    }

    /** Starts a server, lets a participant join, stops the server, and returns the lines that it wrote. */
    private static List<String> serve(CapturedOutput output, String name, String setting) {
        int before = output.getOut().length();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        try (var service = new SpringApplicationBuilder(ChatServerApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--chitty.store.durability=memory",
                        "--grpc.server.port=-1",
                        "--grpc.server.in-process-name=" + name,
                        setting)) {
            ChatServiceGrpc.ChatServiceBlockingStub calls = ChatServiceGrpc.newBlockingStub(channel);
            calls.join(JoinRequest.newBuilder()
                    .setParticipantName("alice")
                    .setLamportTime(7)
                    .build());
            assertThatThrownBy(() -> calls.join(JoinRequest.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class);
            assertThatThrownBy(() -> calls.join(JoinRequest.newBuilder()
                            .setParticipantName("\u0001".repeat(100_000))
                            .build()))
                    .isInstanceOf(StatusRuntimeException.class);
            await().until(() -> output.getOut().indexOf("characters)", before) >= 0);
        } finally {
            channel.shutdownNow();
        }
        return output.getOut().lines().filter(line -> !line.isBlank()).toList();
    }
}
