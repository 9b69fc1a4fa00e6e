package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.client.config.ClientSlice;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.shell.core.command.CommandRegistry;

/** Scripts, from their lines to the lines on the screen and the outcome. */
@ClientSlice
class ChatShellRunnerTest {

    private final ChatLineParser parser;
    private final CommandRegistry registry;
    private final RecordingScreen screen;

    @Autowired
    ChatShellRunnerTest(ChatLineParser parser, CommandRegistry registry, RecordingScreen screen) {
        this.parser = parser;
        this.registry = registry;
        this.screen = screen;
    }

    @BeforeEach
    void clear() {
        screen.clear(); // other tests share the context
    }

    @AfterEach
    void leave() throws Exception {
        run("leave");
    }

    @Test
    void eventOfACommandIsShownBeforeTheNextCommand() throws Exception {
        assertThat(run("join tester", "Good morning!", "who")).isEqualTo(RunOutcome.DONE);

        assertThat(screen.shown())
                .satisfiesExactly(
                        joined -> assertThat(joined).contains("* Participant tester joined Chitty-Chat"),
                        said -> assertThat(said).endsWith("tester: Good morning!"),
                        present -> assertThat(present).startsWith("tester (joined at Lamport time "));
        assertThat(screen.warnings()).isEmpty();
    }

    @Test
    void quitAndExitEndTheRun() throws Exception {
        assertThat(run("quit", "nonsense")).isEqualTo(RunOutcome.DONE);
        assertThat(run("/exit", "nonsense")).isEqualTo(RunOutcome.DONE);

        assertThat(screen.warnings()).isEmpty();
    }

    @Test
    void failureIsShownAndTheScriptGoesOn() throws Exception {
        assertThat(run("say too early", "join tester", "/history 0", "/nonsense", "search", "who"))
                .isEqualTo(RunOutcome.FAILED);

        assertThat(screen.warnings())
                .containsExactly(
                        "You are not in the chat. Join first: join NAME",
                        "Not done: history takes a number from 1 to 10000",
                        "Unknown command 'nonsense'. To talk, join first: join NAME. For a list: help",
                        "Not done: the words are missing: search WORDS");
        assertThat(screen.shown()).hasSize(2);
    }

    private RunOutcome run(String... lines) throws Exception {
        ChatShellRunner runner = new ChatShellRunner(
                new PreparedInput(List.of(lines), () -> null), parser, registry, screen, "fake:1", true);
        runner.run(new String[0]);
        return runner.outcome();
    }
}
