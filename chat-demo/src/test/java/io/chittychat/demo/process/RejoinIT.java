package io.chittychat.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.LogSet.KnownEnd;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RotatedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A participant is cut off for longer than its session lives: it joins again, misses nothing, and says what it was told. */
@Timeout(90)
class RejoinIT {

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
    }

    @Test
    void whoWasCutOffComesBackAndTheLogsHold() {
        Programs programs = ProgramsUnderTest.get();
        ServerProcess server = programs.startServer(children, workspace, List.of("--chitty.session.resume-window=1s"))
                .awaitReady();
        try (Line line = new Line(server.address())) {
            ParticipantProcess alice =
                    ParticipantProcess.start("alice", children, programs, workspace, server.address());
            ParticipantProcess bob = ParticipantProcess.start("bob", children, programs, workspace, line.address());
            alice.join();
            long joined = bob.join().lamport();
            bob.awaitEvent(joined);
            alice.awaitEvent(joined);

            line.cut();
            bob.type("say typed without a connection");
            bob.type("say and this after it");
            LogRecord left = alice.awaitRecord("that bob left", entry -> entry.isEvent("left"));
            alice.type("say Where is bob?");
            long missed = alice.awaitPublished("Where is bob?").lamport();
            line.mend();

            bob.awaitEvent(left.lamport());
            bob.awaitEvent(missed);
            long last = bob.awaitPublished("and this after it").lamport();
            alice.awaitEvent(last);
            assertThat(texts(alice))
                    .containsExactly("Where is bob?", "typed without a connection", "and this after it");
            assertThat(bob.quit()).isEqualTo(OptionalInt.of(0));
            assertThat(alice.quit()).isEqualTo(OptionalInt.of(0));
            LogSet logs = LogSet.watched(
                    Map.of("alice", KnownEnd.LEFT, "bob", KnownEnd.LEFT),
                    name -> workspace.logs().resolve("participant-" + name + ".log"));
            assertThat(SideBySide.check(
                                    logs.with(List.of(RotatedLog.of(workspace.output("server")))),
                                    TraceListener.NONE,
                                    100)
                            .verdicts())
                    .allSatisfy(verdict -> assertThat(verdict).matches(RequirementVerdict::holds));
        }
    }

    private static List<String> texts(ParticipantProcess participant) {
        return participant.log().events().stream()
                .filter(event -> event.isEvent("published"))
                .map(event -> event.find("text"))
                .flatMap(Optional::stream)
                .toList();
    }
}
