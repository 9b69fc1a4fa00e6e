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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real jars as processes, and what happens to some of them. One service serves most tests, so each has names of its own. */
@Timeout(90)
@SuppressWarnings("NullAway.Init")
class ProcessesIT {

    /** A participant that is lost is soon announced. */
    private static final List<String> SETTINGS = List.of(
            "--chitty.session.resume-window=2s",
            "--chitty.grpc.keepalive-time=1s",
            "--chitty.grpc.keepalive-timeout=1s");

    private static final Children SERVERS = new Children();

    @TempDir
    private static Path dir;

    private static Programs programs;
    private static Workspace workspace;
    private static ServerProcess server;

    private Children children;

    @BeforeAll
    static void start() {
        programs = ProgramsUnderTest.get();
        workspace = Workspace.open(dir.resolve("run"));
        server = programs.startServer(SERVERS, workspace, SETTINGS).awaitReady();
    }

    @AfterAll
    static void stop() {
        SERVERS.close();
        workspace.close();
    }

    @BeforeEach
    void open() {
        children = new Children();
    }

    @AfterEach
    void close() {
        children.close();
    }

    @Test
    void killedParticipantIsAnnouncedToTheOthersExactlyOnce() {
        List<ParticipantProcess> people = participants(server, workspace, "alice", "bob", "carol");

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
        try (Workspace own = Workspace.open(dir.resolve("stopped"))) {
            ServerProcess stopped =
                    programs.startServer(children, own, SETTINGS).awaitReady();
            List<ParticipantProcess> people = participants(stopped, own, "alice", "bob");

            assertThat(stopped.stop(Duration.ofSeconds(5))).isPresent();
            for (ParticipantProcess participant : people) {
                LogRecord end = participant.awaitRecord(
                        "the end of the stream", entry -> entry.is(RecordKind.END, "Broadcast"));
                assertThat(end.find("outcome")).contains("UNAVAILABLE");
                assertThat(end.find("reason")).contains("SHUTTING_DOWN");
            }
        }
    }

    /** Takes 13 s: gRPC asks for a sign of life after 10 s of silence at the soonest, whatever it is told. */
    @Test
    void frozenParticipantIsNoticedAndAnnounced() throws IOException, InterruptedException {
        List<ParticipantProcess> people = participants(server, workspace, "dave", "erin");

        Signal.STOP.to(people.get(1).child());
        LogRecord left = people.get(0).awaitRecord("that erin left", leaveOf("erin"));
        assertThat(people.get(1).child().isAlive()).isTrue();
        assertThat(left.find("text")).contains("Participant erin left Chitty-Chat at Lamport time " + left.lamport());
    }

    @Test
    void endOfInputIsAPoliteLeave() throws IOException {
        List<ParticipantProcess> people = participants(server, workspace, "fay", "gus");

        people.get(1).child().process().getOutputStream().close();
        assertThat(people.get(1).child().awaitExit(Duration.ofSeconds(10))).isEqualTo(OptionalInt.of(0));
        long leave = people.get(1).awaitReply("Leave").lamport();
        assertThat(people.get(0).awaitEvent(leave)).matches(leaveOf("gus"));
    }

    @Test
    void refusedCommandShowsInTheExitCode() {
        ParticipantProcess hal = participants(server, workspace, "hal").get(0);

        hal.type("say " + "x".repeat(129));
        hal.type("say still here");
        hal.awaitPublished("still here");
        assertThat(hal.quit()).isEqualTo(OptionalInt.of(1));
    }

    /** Starts participants and lets them join in turn; all of them have seen the last one's join. */
    private List<ParticipantProcess> participants(ServerProcess at, Workspace in, String... names) {
        List<ParticipantProcess> people = Stream.of(names)
                .map(name -> ParticipantProcess.start(name, children, programs, in, at.address()))
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
