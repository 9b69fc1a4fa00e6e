package io.chittychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.ArgumentMatchers.matches;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.Screen;
import io.chittychat.session.FakeChatService;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.shell.core.InputProvider;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A script through the whole client, from lines in to lines out. */
@SpringBootTest(
        properties = {
            "chitty.client.interactive=false",
            "chitty.client.log-dir=target/test-logs",
            "grpc.client.chat.address=in-process:scripted-chat"
        })
class ScriptedChatTest {

    private static final Path LOG = Path.of("target/test-logs/participant-scripted.log");

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @MockitoBean
    private InputProvider input;

    @MockitoBean
    private Screen screen;

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

        InOrder order = inOrder(screen);
        order.verify(screen).show(endsWith("* Participant scripted joined Chitty-Chat at Lamport time 2"));
        order.verify(screen).show(endsWith("scripted: don't  \"stop\" --now"));
        order.verify(screen).show("scripted (joined at Lamport time 2)");
        order.verify(screen).show(matches("\\[L \\d+] \\* Participant scripted joined .*"));
        order.verify(screen).show(endsWith("scripted: again"));
        order.verifyNoMoreInteractions();
        verify(screen, never()).warn(any());
        assertThat(shell.hasFailed()).isFalse();
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
