package io.chittychat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.shell.test.ShellAssertions.assertThat;

import io.chittychat.client.config.ClientSlice;
import io.chittychat.client.shell.ChatLineParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.test.ShellTestClient;

/** Each command, by Spring Shell's test client. */
@ClientSlice
class CommandsTest {

    private final ShellTestClient shell;

    @Autowired
    CommandsTest(ChatLineParser parser, CommandRegistry registry) {
        shell = new ShellTestClient(parser, registry);
    }

    @BeforeEach
    void join() throws Exception {
        shell.sendCommand("join tester");
    }

    @AfterEach
    void leave() throws Exception {
        shell.sendCommand("leave");
    }

    @Test
    void whoListsOneself() throws Exception {
        assertThat(shell.sendCommand("who").lines()).singleElement().asString().matches("tester \\(joined .*\\), you");
    }

    @Test
    void lineThatIsNoCommandIsAMessage() throws Exception {
        shell.sendCommand("who is there, and why?");
        assertThat(shell.sendCommand("history 1")).containsText("tester: who is there, and why?");
    }

    @Test
    void historyTakesANumberAndAPlace() throws Exception {
        shell.sendCommand("say one");
        shell.sendCommand("say two");
        assertThat(shell.sendCommand("history 2").lines())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("tester: two");
        assertThat(shell.sendCommand("history 1 --after 0").lines())
                .singleElement()
                .asString()
                .contains("joined");
        assertThatThrownBy(() -> shell.sendCommand("/history 0"))
                .hasRootCauseMessage("history takes a number from 1 to 10000");
    }

    @Test
    void searchFindsMessagesByTheirWords() throws Exception {
        shell.sendCommand("say a needle in a haystack");
        assertThat(shell.sendCommand("search needle")).containsText("a needle in a haystack");
    }

    @Test
    void clockExplainsItself() throws Exception {
        assertThat(shell.sendCommand("clock")).containsText("Lamport time");
    }

    @Test
    void helpTeaches() throws Exception {
        assertThat(shell.sendCommand("help")).containsText("history [N]");
        assertThat(shell.sendCommand("help search")).containsText("Example: search lamport clo");
    }
}
