package io.chittychat.demo.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.process.ParticipantProcess;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Signal;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Home;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.ListEventsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/operations.md} says under "Back up and restore", done word for word while participants are in the chat. */
@Timeout(300)
class RestoreIT {

    private final Ledger ledger = new Ledger();

    @TempDir
    private Path dir;

    private Workspace workspace;
    private Children children;

    @BeforeEach
    void open() {
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
    }

    @AfterEach
    void close() {
        children.close();
        workspace.close();
        assertThat(ledger.problems()).isEmpty();
    }

    /** Alice is back before bob says what he typed meanwhile, carol only after it: a copy has no participants who could miss it. */
    @Test
    void thoseWhoWerePresentComeInAgainAndWhatWasTypedMeanwhileIsSaidOnceToThoseWhoAreBack() throws Exception {
        Programs programs = ProgramsUnderTest.get();
        linkPrograms();
        ServerProcess server =
                programs.startServer(children, workspace, List.of()).awaitReady();
        ParticipantProcess alice = enter("alice", programs, server);
        ParticipantProcess bob = enter("bob", programs, server);
        ParticipantProcess carol = enter("carol", programs, server);
        List<ParticipantProcess> all = List.of(alice, bob, carol);
        say(alice, "before the backup", all);

        List<String> commands = commandsOfThePage();
        run(commands.stream().filter(line -> line.startsWith("java -jar")).toList()); // the backup, without a checkout
        say(alice, "after the backup", all);
        assertThat(server.stop(Duration.ofSeconds(60))).isPresent();
        run(commands.subList(commands.size() - 3, commands.size())); // putting it in place
        bob.awaitRecord("that the service is gone", entry -> entry.is(RecordKind.END, "Broadcast"));
        bob.type("say typed meanwhile");
        Signal.STOP.to(bob.child());
        Signal.STOP.to(carol.child());
        server.again().awaitReady();
        awaitSecondJoin(alice);
        Signal.CONT.to(bob.child());
        bob.awaitPublished("typed meanwhile");
        Signal.CONT.to(carol.child());
        awaitSecondJoin(carol);
        say(alice, "when all are back", all);

        assertThat(List.of(alice, bob))
                .allSatisfy(participant -> assertThat(texts(participant))
                        .containsExactly(
                                "before the backup", "after the backup", "typed meanwhile", "when all are back"));
        assertThat(texts(carol)).containsExactly("before the backup", "after the backup", "when all are back");
        assertThat(said(server)).containsExactly("before the backup", "typed meanwhile", "when all are back");
        for (ParticipantProcess participant : all) {
            assertThat(joins(participant)).isEqualTo(2);
            assertThat(participant.quit()).isEqualTo(OptionalInt.of(0));
        }
    }

    private ParticipantProcess enter(String name, Programs programs, ServerProcess server) {
        // What is typed while the service is away waits for it, however slow the machine is.
        ParticipantProcess participant = ParticipantProcess.start(
                name, children, programs, workspace, server.address(), List.of("--chitty.client.publish-deadline=5m"));
        participant.join();
        return participant;
    }

    /** Returns when all have received it. */
    private static void say(ParticipantProcess speaker, String text, List<ParticipantProcess> all) {
        speaker.type("say " + text);
        for (ParticipantProcess participant : all) {
            participant.awaitRecord(
                    "'" + text + "'",
                    entry -> entry.isEvent("published")
                            && entry.find("text").orElse("").equals(text));
        }
    }

    private static void awaitSecondJoin(ParticipantProcess participant) {
        await().atMost(ParticipantProcess.STEP_BOUND).until(() -> joins(participant) == 2);
    }

    /** What the page calls by the names that it has in a checkout. */
    private void linkPrograms() throws IOException {
        Path jar = workspace.dir().resolve("chat-server/target/chat-server.jar");
        Files.createDirectories(jar.getParent());
        Files.createSymbolicLink(jar, Home.dir().resolve("chat-server/target/chat-server.jar"));
        Path launcher = workspace.dir().resolve("chitty");
        Files.writeString(launcher, "#!/bin/sh\ncommand=$1\nshift\nexec java -jar " + jar + " --$command \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    /** The indented lines of the section. */
    private static List<String> commandsOfThePage() throws IOException {
        String page = Files.readString(Home.dir().resolve("docs/operations.md"), UTF_8);
        String section = page.substring(page.indexOf("## Back up and restore"), page.indexOf("## Upgrade"));
        List<String> lines = section.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(lines).hasSize(6);
        return lines;
    }

    /** One shell for them all, which ends at the first that fails. */
    private void run(List<String> commands) throws IOException, InterruptedException {
        assertThat(commands).isNotEmpty();
        Path printed = workspace.output("commands");
        Process shell = new ProcessBuilder("bash", "-ec", String.join("\n", commands))
                .directory(workspace.dir().toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(shell.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(printed, UTF_8)).isZero();
    }

    /** What has been said according to the service, asked by one more participant. */
    private List<String> said(ServerProcess server) {
        try (Connection connection = Connection.to(server.address())) {
            Participant observer = new Participant("observer", ledger);
            observer.enter(connection);
            return connection
                    .calls()
                    .listEvents(ListEventsRequest.newBuilder()
                            .setSessionToken(observer.token())
                            .setPageSize(1000)
                            .build())
                    .getEventsList()
                    .stream()
                    .filter(event -> event.getType() == EventType.EVENT_TYPE_PUBLISHED)
                    .map(Event::getText)
                    .toList();
        }
    }

    private static List<String> texts(ParticipantProcess participant) {
        return participant.log().events().stream()
                .filter(event -> event.isEvent("published"))
                .map(event -> event.find("text").orElse(""))
                .toList();
    }

    private static long joins(ParticipantProcess participant) {
        return participant.log().records().stream()
                .filter(entry -> entry.is(RecordKind.REPLY, "Join"))
                .filter(LogRecord::isOk)
                .count();
    }
}
