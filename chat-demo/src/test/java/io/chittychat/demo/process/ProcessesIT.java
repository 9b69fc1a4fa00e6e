package io.chittychat.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real jars as processes, and what happens to some of them. */
@Timeout(90)
class ProcessesIT {

    private static final String SHORT_WINDOW = "--chitty.session.resume-window=2s";

    @TempDir
    private Path dir;

    private Programs programs;
    private Workspace workspace;
    private Children children;

    @BeforeEach
    void open() {
        programs = ProgramsUnderTest.get();
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
    }

    @AfterEach
    void close() {
        children.close();
        workspace.close();
    }

    @Test
    void killedParticipantIsAnnouncedToTheOthersExactlyOnce() {
        ServerProcess server = server(SHORT_WINDOW);
        List<ParticipantProcess> people = participants(server, "alice", "bob", "carol");

        people.get(2).child().kill();
        LogRecord seenByAlice = people.get(0).awaitRecord("that carol left", leaveOf("carol"));
        LogRecord seenByBob = people.get(1).awaitRecord("that carol left", leaveOf("carol"));
        assertThat(seenByAlice.lamport()).isEqualTo(seenByBob.lamport());
        assertThat(seenByAlice.find("text"))
                .contains("Participant carol left Chitty-Chat at Lamport time " + seenByAlice.lamport());

        people.get(0).type("say Is carol gone?");
        long later = people.get(0).awaitPublished("Is carol gone?").lamport();
        for (ParticipantProcess remaining : people.subList(0, 2)) {
            remaining.awaitEvent(later); // whatever came before it has been logged
            assertThat(remaining.log().records()).filteredOn(leaveOf("carol")).hasSize(1);
        }
    }

    @Test
    void serverWithOpenStreamsEndsSoonAfterSigterm() {
        ServerProcess server = server(SHORT_WINDOW);
        List<ParticipantProcess> people = participants(server, "alice", "bob");

        assertThat(server.stop(Duration.ofSeconds(5))).isPresent();
        for (ParticipantProcess participant : people) {
            LogRecord end =
                    participant.awaitRecord("the end of the stream", entry -> entry.is(RecordKind.END, "Broadcast"));
            assertThat(end.find("outcome")).contains("UNAVAILABLE");
            assertThat(end.find("reason")).contains("SHUTTING_DOWN");
        }
    }

    /** Takes 13 s: gRPC asks for a sign of life after 10 s of silence at the soonest, whatever it is told. */
    @Test
    void frozenParticipantIsNoticedAndAnnounced() throws IOException, InterruptedException {
        ServerProcess server =
                server(SHORT_WINDOW, "--chitty.grpc.keepalive-time=1s", "--chitty.grpc.keepalive-timeout=1s");
        List<ParticipantProcess> people = participants(server, "alice", "bob");

        Signal.STOP.to(people.get(1).child());
        LogRecord left = people.get(0).awaitRecord("that bob left", leaveOf("bob"));
        assertThat(people.get(1).child().isAlive()).isTrue();
        assertThat(left.find("text")).contains("Participant bob left Chitty-Chat at Lamport time " + left.lamport());
    }

    @Test
    void endOfInputIsAPoliteLeave() throws IOException {
        ServerProcess server = server(SHORT_WINDOW);
        List<ParticipantProcess> people = participants(server, "alice", "bob");

        people.get(1).child().process().getOutputStream().close();
        assertThat(people.get(1).child().awaitExit(Duration.ofSeconds(10))).isEqualTo(OptionalInt.of(0));
        long leave = people.get(1).awaitReply("Leave").lamport();
        assertThat(people.get(0).awaitEvent(leave)).matches(leaveOf("bob"));
    }

    @Test
    void refusedCommandShowsInTheExitCode() {
        ServerProcess server = server(SHORT_WINDOW);
        ParticipantProcess alice = participants(server, "alice").get(0);

        alice.type("say " + "x".repeat(129));
        alice.type("say still here");
        alice.awaitPublished("still here");
        assertThat(alice.quit()).isEqualTo(OptionalInt.of(1));
    }

    private ServerProcess server(String... settings) {
        return programs.startServer(children, workspace, List.of(settings)).awaitReady();
    }

    /** Starts participants and lets them join in turn; all of them have seen the last one's join. */
    private List<ParticipantProcess> participants(ServerProcess server, String... names) {
        List<ParticipantProcess> people = Stream.of(names)
                .map(name -> ParticipantProcess.start(name, children, programs, workspace, server.address()))
                .toList();
        long last = 0;
        for (ParticipantProcess participant : people) {
            last = participant.join().lamport();
        }
        for (ParticipantProcess participant : people) {
            participant.awaitEvent(last);
        }
        return people;
    }

    private static Predicate<LogRecord> leaveOf(String name) {
        return entry -> entry.isEvent("left") && entry.find("from").equals(Optional.of(name));
    }
}
