package io.chittychat.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.trace.log.ParticipantRecords;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client at a real terminal, while another participant talks. Skipped where there is no tmux. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class TerminalIT {

    private static final String LIVE = "alice live";

    @TempDir
    private static Path dir;

    private static Workspace workspace;
    private static Children children;
    private static Programs programs;
    private static ServerProcess server;
    private static ManagedChannel channel;
    private static ChatServiceBlockingStub mallory;
    private static String token;

    @BeforeAll
    static void open() {
        Optional<String> problem = Tmux.install();
        assumeTrue(problem.isEmpty(), () -> "nothing was tried at a terminal: " + problem.orElse(""));
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        programs = ProgramsUnderTest.get();
        server = programs.startServer(children, workspace, List.of("--chitty.session.resume-window=60s"))
                .awaitReady();
        channel =
                ManagedChannelBuilder.forTarget(server.address()).usePlaintext().build();
        mallory = ChatServiceGrpc.newBlockingStub(channel);
        token = mallory.join(
                        JoinRequest.newBuilder().setParticipantName("mallory").build())
                .getSessionToken();
    }

    @AfterAll
    static void close() {
        if (children != null) {
            channel.shutdownNow();
            children.close();
            workspace.close();
        }
    }

    @Test
    void lineThatIsBeingTypedSurvivesMessagesAndResizing() {
        try (Tmux terminal = join()) {
            terminal.type("half a li");
            say("one");
            say("Is alice here?");
            List<String> screen = terminal.await("both messages", lines -> holds(lines, "│ Is alice here?"));
            assertThat(screen).last().isEqualTo("> half a li");
            assertThat(screen)
                    .filteredOn(line -> line.endsWith("mallory │ one"))
                    .hasSize(1);

            terminal.resize(60, 20);
            say("two");
            screen = terminal.await("the third message", lines -> holds(lines, "│ two"));
            assertThat(screen).last().isEqualTo("> half a li");
            assertThat(screen).filteredOn(line -> line.contains(LIVE)).hasSize(1);
            assertThat(screen).filteredOn(line -> line.contains("│ one")).hasSize(1);

            terminal.type("ne");
            terminal.press("Enter");
            screen = terminal.await(
                    "the own message",
                    lines -> holds(lines, "alice │ half a line") && last(lines).equals(">"));
            assertThat(screen).filteredOn(line -> line.contains("half a line")).hasSize(1);

            terminal.type("not this");
            terminal.await("what is typed", lines -> last(lines).equals("> not this"));
            terminal.press("C-c");
            terminal.await("an empty line", lines -> last(lines).equals(">"));
            terminal.press("C-d");
            assertThat(terminal.awaitExit()).isZero();
        }
    }

    @Test
    void hostileTextDoesNothingToTerminalOrLog() {
        try (Tmux terminal = join()) {
            terminal.type("typed");
            say("before");
            say("\u001b[2J\u001b[H\u001b]0;title\u0007\u009b31mcleared?");
            say("two\r\nalice: lines");
            say("\u202edrawkcab\u2066");
            say("z" + "\u0301".repeat(127));
            say("after");
            List<String> screen = terminal.await("what came last", lines -> holds(lines, "│ after"));
            assertThat(screen).last().isEqualTo("> typed");
            assertThat(screen).filteredOn(line -> line.endsWith("│ before")).hasSize(1);
            assertThat(screen).filteredOn(line -> line.contains("cleared?")).hasSize(1);
            assertThat(screen).noneMatch(line -> line.startsWith("alice: lines"));
            assertThat(screen).noneMatch(line -> line.contains("\u202e"));
            assertThat(screen)
                    .filteredOn(line -> line.contains("│ z"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.length()).isLessThan(60));

            terminal.press("C-c");
            terminal.await("an empty line", lines -> last(lines).equals(">"));
            terminal.press("C-c");
            terminal.await(
                    "a warning",
                    lines -> holds(lines, "press Ctrl-C once more")
                            && last(lines).equals(">"));
            terminal.press("C-c");
            assertThat(terminal.awaitExit()).isZero();
        }
        ParticipantRecords log = ParticipantRecords.read(workspace.logs().resolve("participant-alice.log"));
        assertThat(log.problems()).isEmpty();
        assertThat(log.events())
                .filteredOn(event -> event.find("text").orElse("").contains("cleared?"))
                .hasSize(1);
    }

    private static Tmux join() {
        Tmux terminal = Tmux.run(
                workspace.dir(),
                programs.clientCommand(List.of(
                        "--server",
                        server.address(),
                        "--log-dir",
                        workspace.logs().toString(),
                        "--chitty.client.state-dir=" + workspace.dir().resolve("state"),
                        "join",
                        "alice")));
        terminal.await("alice to be live", lines -> holds(lines, LIVE));
        return terminal;
    }

    private static void say(String text) {
        mallory.publish(PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText(text)
                .setLamportTime(1)
                .build());
    }

    private static boolean holds(List<String> lines, String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
