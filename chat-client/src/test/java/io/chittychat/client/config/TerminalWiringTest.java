package io.chittychat.client.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.client.ChatClientApplication;
import io.chittychat.client.shell.Screen;
import io.chittychat.client.shell.TerminalScreen;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The wiring at a terminal, although a test has a dumb one only. */
@SpringBootTest(
        classes = ChatClientApplication.class,
        properties = {
            "chitty.client.interactive=true",
            "chitty.client.log-dir=target/test-logs",
            "chitty.client.state-dir=target/test-state"
        })
class TerminalWiringTest {

    /** Ends the run at once when the context starts, since a mock returns null. */
    @MockitoBean
    private InputProvider input;

    private final Screen screen;
    private final CommandRegistry registry;

    @Autowired
    TerminalWiringTest(Screen screen, CommandRegistry registry) {
        this.screen = screen;
        this.registry = registry;
    }

    @Test
    void screenIsATerminalAndTheCommandsAreRegistered() {
        assertThat(screen).isInstanceOf(TerminalScreen.class);
        assertThat(registry.getCommandByName("join")).isNotNull();
    }
}
