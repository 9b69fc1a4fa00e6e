package io.chittychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.when;

import io.chittychat.client.config.ClientProperties;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.RunOutcome;
import io.chittychat.client.shell.Screen;
import java.nio.charset.MalformedInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The wiring: the program starts without a terminal, and lines reach their commands. */
@SpringBootTest(
        properties = {
            "chitty.client.interactive=false",
            "chitty.client.token=sesame",
            "chitty.client.server=localhost:1",
            "chitty.client.log-dir=target/test-logs",
            "chitty.client.state-dir=target/test-state"
        })
class ChatClientApplicationTest {

    /** Ends the run at once when the context starts, since a mock returns null. */
    @MockitoBean
    private InputProvider input;

    @MockitoBean
    private Screen screen;

    private final ChatShellRunner shell;
    private final CommandRegistry registry;

    private final ClientProperties properties;

    @Autowired
    ChatClientApplicationTest(ChatShellRunner shell, CommandRegistry registry, ClientProperties properties) {
        this.shell = shell;
        this.registry = registry;
        this.properties = properties;
    }

    @Test
    void commandsAreTheChats() {
        assertThat(registry.getCommands().stream().map(Command::getName))
                .containsExactlyInAnyOrder("join", "say", "leave", "who", "clock", "history", "search", "help");
    }

    @Test
    void linesReachTheirCommandsAndFailuresAreOneLine() throws Exception {
        when(input.readInput())
                .thenReturn("clock", " ", "say it's \"x", "nonsense \u001b", "join")
                .thenThrow(new MalformedInputException(1))
                .thenReturn("join alice", "quit", "clock");

        shell.run(new String[0]);

        InOrder order = inOrder(screen);
        order.verify(screen).show("Lamport time 0");
        order.verify(screen).warn("You are not in the chat. Join first: join NAME");
        order.verify(screen).warn("Unknown command 'nonsense'. To talk, join first: join NAME. For a list: help");
        order.verify(screen).warn("Not a valid name: the name is empty. Choose another: join NAME");
        order.verify(screen).warn("Not done: the line is not well-formed UTF-8.");
        order.verify(screen).warn(Mockito.startsWith("Cannot reach a chat service at localhost:1 ("));
        order.verifyNoMoreInteractions();
        assertThat(shell.outcome()).isEqualTo(RunOutcome.FAILED);
    }

    @Test
    void tokenIsNotShown() {
        assertThat(properties.toString()).contains("token=***").doesNotContain("sesame");
    }

    @Test
    void helpListsTheCommands() throws Exception {
        when(input.readInput()).thenReturn("help").thenReturn(null);

        shell.run(new String[0]);

        assertThat(List.of("join NAME", "say TEXT", "leave", "who", "clock", "history [N]", "search WORDS"))
                .allSatisfy(
                        text -> Mockito.verify(screen, Mockito.atLeastOnce()).show(Mockito.contains(text)));
    }
}
