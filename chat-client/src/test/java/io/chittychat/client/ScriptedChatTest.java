package io.chittychat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.chittychat.client.render.EventLine;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.PlainScreen;
import io.chittychat.client.shell.RunOutcome;
import io.chittychat.client.shell.Screen;
import io.chittychat.session.FakeChatService;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.shell.core.InputProvider;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A script through the whole program, from its lines to the printed lines. */
@SpringBootTest(
        properties = {
            "chitty.client.interactive=false",
            "chitty.client.log-dir=target/test-logs",
            "chitty.client.state-dir=target/test-state",
            "spring.main.allow-bean-definition-overriding=true",
            "grpc.client.chat.address=in-process:scripted-chat"
        })
class ScriptedChatTest {

    private static final Path LOG = Path.of("target/test-logs/participant-scripted.log");

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @MockitoBean
    private InputProvider input;

    private static final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private static final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Records the printed lines. */
    @TestConfiguration
    static class Output {
        @Bean("plainScreen")
        @Primary
        Screen recordingScreen() {
            return new PlainScreen(
                    new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), EventLine::of, () -> {});
        }
    }

    private final ChatShellRunner shell;

    @Autowired
    ScriptedChatTest(ChatShellRunner shell) {
        this.shell = shell;
    }

    @BeforeAll
    static void serve() throws IOException {
        Files.deleteIfExists(LOG);
        server = InProcessServerBuilder.forName("scripted-chat")
                .addService(new FakeChatService())
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        server.shutdownNow();
    }

    @Test
    void eachCommandIsDoneBeforeTheNextOne() throws Exception {
        when(input.readInput())
                .thenReturn(
                        "join scripted",
                        "say don't  \"stop\" --now",
                        "who",
                        "leave",
                        "join scripted",
                        "say again",
                        "leave")
                .thenReturn(null);

        shell.run(new String[0]);

        assertThat(out.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("[L 2] * Participant scripted joined Chitty-Chat at Lamport time 2"),
                        line -> assertThat(line).endsWith("scripted: don't  \"stop\" --now"),
                        line -> assertThat(line).isEqualTo("scripted (joined at Lamport time 2), you"),
                        line -> assertThat(line).matches("\\[L \\d+] \\* Participant scripted joined .*"),
                        line -> assertThat(line).endsWith("scripted: again"));
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(shell.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(rpcs("kind=send"))
                .containsExactly(
                        "Join",
                        "Broadcast",
                        "Publish",
                        "ListParticipants",
                        "Leave",
                        "Join",
                        "Broadcast",
                        "Publish",
                        "Leave");
    }

    private static List<String> rpcs(String kind) throws IOException {
        return Files.readAllLines(LOG).stream()
                .filter(line -> line.contains(kind))
                .map(line -> line.replaceAll(".* rpc=(\\w+) .*", "$1"))
                .toList();
    }
}
