package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people use it: what it says, writes, and returns. */
class TraceCommandTest {

    private static final String ALICE = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=2 clock=3 epoch=one
            kind=send rpc=Broadcast clock=4 after=0
            kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=alice sent=1 text="Participant alice joined Chitty-Chat at Lamport time 2"
            kind=receive rpc=Broadcast event=joined lamport=6 clock=7 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=send rpc=Publish clock=8 sequence=1 text=hi
            kind=reply rpc=Publish outcome=OK lamport=10 clock=11 sequence=1
            kind=receive rpc=Broadcast event=published lamport=10 clock=12 from=alice sent=8 text=hi
            kind=receive rpc=Broadcast event=left lamport=13 clock=14 from=bob sent=0 text="Participant bob left Chitty-Chat at Lamport time 13"
            kind=send rpc=Leave clock=15
            kind=reply rpc=Leave outcome=OK lamport=16 clock=17
            kind=end rpc=Broadcast outcome=OK clock=17
            """;
    private static final String BOB = """
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=OK lamport=6 clock=7 epoch=one
            kind=send rpc=Broadcast clock=8 after=0
            kind=receive rpc=Broadcast event=joined lamport=6 clock=9 from=bob sent=1 text="Participant bob joined Chitty-Chat at Lamport time 6"
            kind=receive rpc=Broadcast event=published lamport=10 clock=11 from=alice sent=8 text=hi
            """;
    private static final String SERVICE = """
            Started something in 2 s
            event=started epoch=one lamport_out=0
            rpc=Join participant=alice lamport_in=1 lamport_out=2 outcome=OK
            rpc=Broadcast participant=alice lamport_in=4 lamport_out=5 outcome=OK
            rpc=Join participant=bob lamport_in=1 lamport_out=6 outcome=OK
            rpc=Broadcast participant=bob lamport_in=8 lamport_out=9 outcome=OK
            rpc=Publish participant=alice lamport_in=8 lamport_out=10 outcome=OK
            rpc=Broadcast phase=end participant=bob outcome=CANCELLED
            event=left participant=bob lamport_out=13 cause=expired
            rpc=Leave participant=alice lamport_in=15 lamport_out=16 outcome=OK
            """;

    /** Alice goes on in a new life, in which bob is not: the service was started on a backup. */
    private static final String ALICE_AGAIN = """
            kind=send rpc=Publish clock=18 sequence=2 text=lost
            kind=end rpc=Broadcast outcome=FAILED_PRECONDITION reason=EPOCH_CHANGED clock=18
            kind=send rpc=Join clock=1
            kind=reply rpc=Join outcome=UNAVAILABLE clock=1
            kind=send rpc=Join clock=2
            kind=reply rpc=Publish outcome=UNAUTHENTICATED reason=SESSION_UNKNOWN clock=2 sequence=2
            kind=reply rpc=Join outcome=OK lamport=4 clock=5 epoch=two
            kind=send rpc=Broadcast clock=6 after=0
            kind=receive rpc=Broadcast event=joined lamport=4 clock=7 from=alice sent=2 text="Participant alice joined Chitty-Chat at Lamport time 4"
            kind=send rpc=Publish clock=8 sequence=1 text=again
            kind=reply rpc=Publish outcome=OK lamport=9 clock=10 sequence=1
            kind=receive rpc=Broadcast event=published lamport=9 clock=11 from=alice sent=8 text=again
            """;

    private static final String SERVICE_AGAIN = """
            event=started epoch=two lamport_out=3
            rpc=Broadcast participant="" lamport_in=9 lamport_out=0 outcome=FAILED_PRECONDITION reason=EPOCH_CHANGED
            rpc=Join participant=alice lamport_in=2 lamport_out=4 outcome=OK
            rpc=Broadcast participant=alice lamport_in=6 lamport_out=7 outcome=OK
            rpc=Publish participant=alice lamport_in=8 lamport_out=9 outcome=OK
            """;

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeLogs() throws IOException {
        write("participant-alice.log", participant("alice", ALICE));
        write("participant-bob.log", participant("bob", BOB));
        write("server.log", service(SERVICE));
    }

    private static String participant(String name, String lines) {
        return lines.replaceAll("(?m)^kind=", "time=2026-11-21T10:50:39.123Z participant=" + name + " kind=");
    }

    private static String service(String lines) {
        return lines.replaceAll("(?m)^(rpc|event)=", "time=2026-11-21T10:50:39.123Z level=INFO $1=");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    private int trace(Object... arguments) {
        return TraceCommand.run(
                Stream.of(arguments).map(Object::toString).toList(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    /** What was said, in one line. */
    private String words() {
        return said().replaceAll("\\s+", " ");
    }

    private String said() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }

    @Test
    void rightConversationHolds() {
        assertThat(trace(dir)).isZero();
        assertThat(said())
                .contains("26 records in the logs of alice, bob and the service.")
                .contains("5 events from Lamport time 2 to 16: 2 joined, 1 published, 2 left.")
                .containsPattern("service .* 7 steps +holds")
                .endsWith("Everything holds.\n");
    }

    @Test
    void logsOfSomeDo() {
        assertThat(trace(dir.resolve("participant-bob.log"))).isZero();
        assertThat(trace(dir.resolve("server.log"))).isZero();
        assertThat(trace(dir.resolve("server.log"), dir.resolve("participant-alice.log")))
                .isZero();
    }

    @Test
    void violationIsToldWithItsPlace() throws IOException {
        write("participant-bob.log", participant("bob", BOB.replace("text=hi", "text=ho")));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said())
                .contains("1 violation:")
                .contains("participant-bob.log:5\n    the text is 'ho', but 'hi' was sent");
    }

    /** It writes lines many at a time, so the last ones are lost with it, while what they tell of is recorded. */
    @Test
    void serviceThatIsKilledNeedNotTellWhatItDidLast() throws IOException {
        String publish = "rpc=Publish participant=alice lamport_in=8 lamport_out=10 outcome=OK\n";
        write("server.log", service(SERVICE.replace(publish, "event=started epoch=one lamport_out=10\n")));
        assertThat(trace(dir)).isZero();
        assertThat(words())
                .contains("server.log:7: the service restarted, and its log lacks its last steps before that");

        write("server.log", service(SERVICE.replace(publish, "event=started epoch=one lamport_out=9\n")));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(words()).contains("the log of the service has no line for the message of alice of Lamport time 10");
    }

    @Test
    void serviceThatSaysOtherwiseIsAViolation() throws IOException {
        write("server.log", service(SERVICE.replace("lamport_in=8 lamport_out=10", "lamport_in=7 lamport_out=10")));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(said())
                .contains("server.log:7\n", "the service's log says that the request came with Lamport time 7, but")
                .contains("participant-alice.log:8");
    }

    @Test
    void serviceThatLacksAnEventIsAViolation() throws IOException {
        write("server.log", service(SERVICE.replaceAll("(?m)^rpc=Publish.*\n", "")));
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(words()).contains("the log of the service has no line for the message of alice of Lamport time 10");
    }

    @Test
    void onlyTheFirstViolationsAreListedUnlessAllAreWanted() throws IOException {
        write("participant-carol.log", participant("carol", "kind=send rpc=Nothing clock=0\n".repeat(150)));
        assertThat(trace(dir.resolve("participant-carol.log"))).isEqualTo(1);
        assertThat(said()).contains("150 violations:", "and 50 more; --all lists them");
        out.reset();
        trace(dir.resolve("participant-carol.log"), "--all");
        assertThat(said()).contains("carol.log:150\n").doesNotContain("more;");
    }

    @Test
    void damagedLineIsAViolationAndACutOneANote() throws IOException {
        write("participant-bob.log", participant("bob", BOB) + "what?\ntime=2026-11-21T10:5");
        assertThat(trace(dir)).isEqualTo(1);
        assertThat(words())
                .contains("bob.log:6 ")
                .contains("1 violation")
                .contains("bob.log:7: the last line has no end");
    }

    @Test
    void logOfAnotherLifeIsNotComparedWithTheRest() throws IOException {
        write("participant-bob.log", participant("bob", BOB.replace("epoch=one", "epoch=two")));
        assertThat(trace(dir, "--epoch", "one")).as(said()).isZero();
        assertThat(said()).contains("in the logs of alice and the service.");
    }

    @Test
    void theSameParticipantTwiceIsRefused() throws IOException {
        Path copy = write("copy.log", participant("bob", BOB));
        assertThat(trace(dir)).isEqualTo(2);
        assertThat(said()).contains("are both logs of bob: give one of them");
        Files.delete(copy);
        assertThat(trace(dir, dir.resolve("participant-bob.log"))).isZero();
    }

    @Test
    void partsThatWerePutAsideAreReadWithTheirLog() throws IOException {
        List<String> lines = participant("alice", ALICE).lines().toList();
        write("participant-alice.log.2", String.join("\n", lines.subList(0, 4)) + "\n");
        write("participant-alice.log.1", String.join("\n", lines.subList(4, 9)) + "\n");
        write("participant-alice.log", String.join("\n", lines.subList(9, 12)) + "\n");
        assertThat(trace(dir)).isZero();
        assertThat(said()).contains("26 records");
    }

    @Test
    void partsThatAreGoneAreANote() throws IOException {
        List<String> lines = participant("alice", ALICE).lines().toList();
        write("participant-alice.log", String.join("\n", lines.subList(6, 12)) + "\n");
        assertThat(trace(dir)).isZero();
        assertThat(words()).contains("the log of alice does not begin with a Join: earlier steps are not checked");
    }

    @Test
    void whatIsNoLogIsSaidClearly() throws IOException {
        assertThat(trace(write("empty.log", ""))).isEqualTo(2);
        assertThat(trace(write("letter.log", "Dear Sir,\n"))).isEqualTo(2);
        assertThat(trace(write("ecs.log", "{\"@timestamp\":\"2026-11-21\"}\n"))).isEqualTo(2);
        assertThat(trace(dir.resolve("nothing.log"))).isEqualTo(2);
        assertThat(said())
                .contains("empty.log is empty")
                .contains("letter.log is no log of a participant or of the service")
                .contains("ecs.log is a log in JSON")
                .contains("there is no " + dir.resolve("nothing.log"));
    }

    @Test
    void argumentsThatCannotBeUnderstoodAreRefused() {
        assertThat(trace()).isEqualTo(2);
        assertThat(trace(dir, "--colour")).isEqualTo(2);
        assertThat(trace(dir, "--from", "5")).isEqualTo(2);
        assertThat(trace(dir, "--svg", dir.resolve("x.svg"), "--from", "five")).isEqualTo(2);
        assertThat(trace(dir, "--svg", dir.resolve("x.svg"), "--participants", "bob,eve"))
                .isEqualTo(2);
        assertThat(said())
                .contains(
                        "Missing required parameter: 'LOGS'",
                        "Unknown option: '--colour'",
                        "are for a drawing",
                        "'five' is not a long")
                .contains("there is no log of eve; the logs are those of alice, bob");
    }

    @Test
    void helpSaysHowItIsUsed() {
        assertThat(trace("--help")).isZero();
        assertThat(said()).startsWith("usage: chitty trace LOGS...");
        assertThat(said().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void everyDrawingIsWritten() {
        assertThat(trace(
                        dir,
                        "--svg=" + dir.resolve("a.svg"),
                        "--html",
                        dir.resolve("a.html"),
                        "--plantuml",
                        dir.resolve("a.puml"),
                        "--json",
                        dir.resolve("a.json")))
                .isZero();
        assertThat(dir.resolve("a.svg")).content().contains("<svg", "alice");
        assertThat(dir.resolve("a.html")).content().contains("<html", "alice");
        assertThat(dir.resolve("a.puml")).content().contains("@startuml", "alice");
        assertThat(dir.resolve("a.json")).content().contains("\"alice\"");
        assertThat(said()).doesNotContain("The drawing shows");
    }

    @Test
    void windowThatLeavesSomethingOutIsSaid() {
        assertThat(trace(dir, "--svg", dir.resolve("a.svg"), "--from", "6", "--to", "12"))
                .isZero();
        assertThat(said())
                .contains("The drawing shows Lamport times 6 to 12 of 2 to 16; choose others with --from and --to.");
    }

    @Test
    void pageIsLongerThanAPicture() throws IOException {
        StringBuilder lines = new StringBuilder("""
                kind=send rpc=Join clock=1
                kind=reply rpc=Join outcome=OK lamport=2 clock=3
                kind=send rpc=Broadcast clock=4 after=0
                kind=receive rpc=Broadcast event=joined lamport=2 clock=5 from=carol sent=1 text=joined
                """);
        for (int i = 0, clock = 6; i < 300; i++, clock += 4) {
            lines.append("kind=send rpc=Publish clock=%d sequence=%d text=hi%n".formatted(clock, i + 1))
                    .append("kind=reply rpc=Publish outcome=OK lamport=%d clock=%d sequence=%d%n"
                            .formatted(clock + 1, clock + 2, i + 1))
                    .append(
                            "kind=receive rpc=Broadcast event=published lamport=%d clock=%d from=carol sent=%d text=hi%n"
                                    .formatted(clock + 1, clock + 3, clock));
        }
        Path log = write("participant-carol.log", participant("carol", lines.toString()));
        Path page = dir.resolve("long.html");
        trace(log, "--svg", dir.resolve("long.svg"), "--html", page);
        assertThat(said()).contains("The picture shows Lamport times 2 to ").doesNotContain("The page shows");
        assertThat(page).content().contains("\"time\" : 1203").contains("\"author\" : \"carol\"", "\"sequence\" : 300");
    }

    private void goOnInANewLife() throws IOException {
        String stayed = ALICE.substring(0, ALICE.indexOf("kind=send rpc=Leave"));
        write(
                "participant-alice.log",
                participant("alice", stayed.strip() + "\n" + ALICE_AGAIN.replace("clock=18", "clock=15")));
        write("server.log", service(SERVICE.substring(0, SERVICE.indexOf("rpc=Leave")) + SERVICE_AGAIN));
    }

    @Test
    void newestOfTwoEpochsIsTraced() throws IOException {
        goOnInANewLife();
        assertThat(trace(dir)).as(said()).isZero();
        assertThat(said())
                .contains("The logs cover 2 epochs of the service", "  epoch one, from", "  epoch two, from")
                .contains("Epoch two:", "in the logs of alice and the service.")
                .contains("2 events from Lamport time 4 to 9", "Everything holds.")
                .doesNotContain("Epoch one:", "bob");
    }

    @Test
    void eachEpochCanBeChosenOrAll() throws IOException {
        goOnInANewLife();
        assertThat(trace(dir, "--epoch", "on")).as(said()).isZero();
        assertThat(said())
                .contains("Epoch one:", "in the logs of alice, bob and the service.")
                .contains("4 events from Lamport time 2 to 13")
                .doesNotContain("Epoch two:");
        out.reset();
        assertThat(trace(dir, "--all")).as(said()).isZero();
        assertThat(said()).containsSubsequence("Epoch one:", "holds", "Epoch two:", "holds");
        assertThat(trace(dir, "--epoch=three")).isEqualTo(2);
        assertThat(said()).contains("no epoch of the logs begins with 'three'; the epochs are: one, two");
    }

    @Test
    void violationInAnyEpochIsReportedIfAllAreTraced() throws IOException {
        goOnInANewLife();
        write("participant-bob.log", participant("bob", BOB.replace("text=hi", "text=ho")));
        assertThat(trace(dir)).isZero();
        assertThat(trace(dir, "--all")).isEqualTo(1);
    }

    @Test
    void newestLifeIsDrawn() throws IOException {
        goOnInANewLife();
        Path page = dir.resolve("page.html");
        assertThat(trace(dir, "--all", "--html", page)).as(said()).isZero();
        assertThat(page).content().contains("\"text\" : \"again\"").doesNotContain("\"bob\"");
    }
}
