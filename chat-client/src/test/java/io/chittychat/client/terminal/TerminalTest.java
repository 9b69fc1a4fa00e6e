package io.chittychat.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.client.render.PromptView;
import io.chittychat.client.render.TerminalLook;
import io.chittychat.client.shell.ChatLineReader;
import io.chittychat.client.shell.Situation;
import io.chittychat.client.shell.TerminalInput;
import io.chittychat.client.shell.TerminalScreen;
import io.chittychat.client.shell.TooLongHighlighter;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user types while messages arrive. */
@Timeout(30)
class TerminalTest {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String PROMPT = "── not in the chat · localhost:9090 · clock 0";

    private EmulatedTerminal emulated;
    private ChatLineReader reader;
    private TerminalScreen screen;
    private TerminalInput input;

    @BeforeEach
    void open() throws Exception {
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
        emulated = new EmulatedTerminal(80, 20);
        Situation situation = new Situation("localhost:9090", false);
        Supplier<TerminalLook> look =
                () -> new TerminalLook(emulated.terminal.getWidth(), true, ZoneOffset.UTC, Optional.of("alice"));
        reader = new ChatLineReader(
                emulated.terminal, Optional::of, length -> PromptView.of(situation.standing(), length, look.get()));
        reader.setHighlighter(new TooLongHighlighter(Optional::of));
        reader.option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        screen = new TerminalScreen(reader, look, true);
        input = new TerminalInput(reader, screen);
    }

    @AfterEach
    void close() throws Exception {
        emulated.terminal.close();
    }

    @Test
    void typedLineStaysWhileMessagesArrive() {
        CompletableFuture<String> line = read();
        emulated.type("half a li");
        awaitLast("> half a li");
        for (int i = 1; i <= 30; i++) {
            screen.event(published(i, "bob", "message " + i));
        }
        emulated.type("ne\r");

        assertThat(get(line)).isEqualTo("half a line");
        List<String> seen = emulated.lines();
        assertThat(seen.get(seen.size() - 1)).endsWith("L30          bob │ message 30");
        assertThat(seen).noneMatch(shown -> shown.contains("half") || shown.contains("──"));
    }

    @Test
    void promptStandsBelowTheConversation() {
        CompletableFuture<String> line = read();
        emulated.type("hello");
        awaitLast("> hello");
        screen.event(published(7, "bob", "你好"));
        screen.event(published(8, "mallory", "\u001b[2J\u001b[1;1Hgone\r\nalice: fake\u202e" + "\u0301".repeat(90)));

        await().untilAsserted(() -> assertThat(emulated.lines()).hasSizeGreaterThanOrEqualTo(4));
        List<String> seen = emulated.lines();
        assertThat(seen.get(0)).contains("bob ").contains("你");
        assertThat(seen.get(1)).contains("\\u001b[2J\\u001b[1;1Hgone\\r\\nalice:");
        assertThat(seen.subList(seen.size() - 2, seen.size())).containsExactly(PROMPT, "> hello");
        emulated.type("\r");
        get(line);
    }

    @Test
    void resizeLeavesNothingBehind() {
        CompletableFuture<String> line = read();
        screen.event(published(7, "bob", "before"));
        emulated.type("typed");
        awaitLast("> typed");
        for (int columns : new int[] {60, 100, 50, 80}) {
            emulated.resize(columns, 20);
        }
        screen.event(published(8, "bob", "after"));
        emulated.type(" on");
        awaitLast("> typed on");

        assertThat(emulated.lines())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("bob │ before"),
                        second -> assertThat(second).endsWith("bob │ after"),
                        bar -> assertThat(bar).isEqualTo(PROMPT),
                        typed -> assertThat(typed).isEqualTo("> typed on"));
        emulated.type("\r");
        assertThat(get(line)).isEqualTo("typed on");
    }

    @Test
    void countShowsNearTheLimitAndBeyondItNothingIsTaken() {
        CompletableFuture<String> line = read();
        emulated.type("x".repeat(128));
        await().untilAsserted(() -> assertThat(emulated.lines()).anyMatch(shown -> shown.contains("128/128")));
        emulated.type("yz\r");
        await().untilAsserted(() -> assertThat(emulated.lines())
                .anyMatch(shown -> shown.contains("130/128 too long"))
                .anyMatch(shown -> shown.startsWith("Not sent: 130 characters")));
        assertThat(line).isNotDone();

        emulated.type("\b\b\r");
        assertThat(get(line)).isEqualTo("x".repeat(128));
    }

    @Test
    void ctrlCDropsTheLineAndTwiceEnds() {
        CompletableFuture<String> line = read();
        emulated.type("never mind");
        awaitLast("> never mind");
        emulated.type(CTRL_C);
        awaitLast(">");
        emulated.type(CTRL_C);
        await().untilAsserted(
                        () -> assertThat(emulated.lines()).anyMatch(shown -> shown.contains("press Ctrl-C once more")));
        awaitLast(">");
        emulated.type(CTRL_C);

        assertThat(get(line)).isEqualTo("the end");
    }

    @Test
    void ctrlDEndsOnlyOnAnEmptyLine() {
        CompletableFuture<String> line = read();
        emulated.type("x" + CTRL_D + "\b");
        awaitLast(">");
        assertThat(line).isNotDone();
        emulated.type(CTRL_D);

        assertThat(get(line)).isEqualTo("the end");
    }

    private CompletableFuture<String> read() {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread shell = new Thread(
                () -> line.complete(Optional.ofNullable(input.readInput()).orElse("the end")), "shell");
        shell.setDaemon(true);
        shell.start();
        await().untilAsserted(() -> assertThat(emulated.lines()).contains(PROMPT, ">"));
        return line;
    }

    private void awaitLast(String expected) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(emulated.lines()).endsWith(expected);
        });
    }

    private static String get(CompletableFuture<String> line) {
        return line.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Event published(long time, String participant, String text) {
        return Event.newBuilder()
                .setLamportTime(time)
                .setType(EventType.EVENT_TYPE_PUBLISHED)
                .setParticipant(participant)
                .setText(text)
                .build();
    }
}
