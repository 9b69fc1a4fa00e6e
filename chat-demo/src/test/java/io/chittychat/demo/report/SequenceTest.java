package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.machine.Home;
import io.chittychat.trace.log.ParticipantRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceTest {

    @TempDir
    private Path dir;

    private final Sequence sequence = Sequence.of(SampleRun.read());

    @Test
    void everyTimeOfTheRunIsAccountedFor() {
        assertThat(sequence.within(new Sequence.LamportRange(0, Long.MAX_VALUE)))
                .hasSizeGreaterThan(80)
                .allSatisfy(step -> assertThat(step.computation()).endsWith(" = " + step.time()));
    }

    @Test
    void theTalkHasTheMessagesOfWhichNeitherAuthorKnew() {
        assertThat(sequence.hasConcurrentMessages()).isTrue();
        assertThat(sequence.within(sequence.talk()))
                .extracting(Sequence.ComputedStep::who, Sequence.ComputedStep::what, Sequence.ComputedStep::computation)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "service", "orders Publish of alice", "max(17, 19) + 1 = 20"),
                        org.assertj.core.groups.Tuple.tuple(
                                "service", "orders Publish of carol", "max(20, 19) + 1 = 21"));
    }

    @Test
    void theFarewellHasTheSessionThatExpired() {
        assertThat(sequence.within(sequence.farewell()))
                .anyMatch(step -> step.what().equals("orders left of carol, whose session has expired"));
    }

    @Test
    void aTimeThatIsNotAsComputedIsSaid() {
        String log = "time=2026-11-21T10:00:00.007Z participant=a kind=send rpc=Join clock=1\n"
                + "time=2026-11-21T10:00:00.008Z participant=a kind=reply rpc=Join outcome=OK lamport=5 clock=9\n";
        Path file = Path.of("participant-a.log");
        Run wrong = new Run(
                List.of(ParticipantRecords.parse(file, log)),
                List.of(new RunLog(file, log.lines().toList())),
                List.of(),
                new RunLog(Path.of("processes.logfmt"), List.of()));

        assertThat(Sequence.of(wrong).within(new Sequence.LamportRange(9, 9)))
                .singleElement()
                .satisfies(step -> assertThat(step.computation()).isEqualTo("max(1, 5) + 1 = 6, but 9 is logged"));
    }

    /** The reply was lost, so the same was asked for again and answered with the time that it has. */
    @Test
    void aRepeatedCallDoesNotMakeTheFirstOneWrong() throws IOException {
        Path calls = SampleRun.copyTo(dir).resolve("output/server.out");
        String first = "participant=carol lamport_in=19 lamport_out=21";
        String log = Files.readString(calls, UTF_8);
        assertThat(log).contains(first);
        Files.writeString(
                calls,
                log + "time=2026-11-21T10:00:01.001Z level=INFO rpc=Publish"
                        + " participant=carol lamport_in=22 lamport_out=21 outcome=OK\n",
                UTF_8);

        assertThat(everything(dir))
                .filteredOn(step -> step.who().equals("service") && step.time() == 21)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.computation()).isEqualTo("max(20, 19) + 1 = 21");
                    assertThat(step.place()).isEqualTo("server.out:11");
                });
    }

    /** The service writes many lines at a time, so the last ones before it was killed are not in its log. */
    @Test
    void whatWasOrderedBeforeTheServiceWasKilledCounts() throws IOException {
        Path calls = SampleRun.copyTo(dir).resolve("output/server.out");
        String attached = "rpc=Broadcast participant=carol lamport_in=12 lamport_out=13 outcome=OK";
        String log = Files.readString(calls, UTF_8);
        assertThat(log).contains(attached);
        Files.writeString(calls, log.replace(attached, "event=started epoch=life lamport_out=13"), UTF_8);

        assertThat(everything(dir))
                .filteredOn(step -> step.who().equals("service") && step.time() == 14)
                .singleElement()
                .satisfies(step -> assertThat(step.computation()).isEqualTo("max(13, 12) + 1 = 14"));
    }

    @Test
    void timesOfWhichTheServiceTellsNothingAreNotComputed() throws IOException {
        Files.delete(SampleRun.copyTo(dir).resolve("output/server.out"));

        assertThat(everything(dir))
                .filteredOn(step -> step.who().equals("service"))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.computation()).startsWith("later than "));
    }

    private static List<Sequence.ComputedStep> everything(Path run) {
        return Sequence.of(Run.read(run)).within(new Sequence.LamportRange(0, Long.MAX_VALUE));
    }

    @Test
    void codeIsTakenFromTheCheckoutWithItsPlace() {
        Path file = Path.of("chat-api", "src", "main", "java", "io", "chittychat", "time", "LamportClock.java");

        SourceExcerpt excerpt = SourceExcerpt.method(Home.dir(), file, "witness");

        assertThat(excerpt.lines())
                .startsWith("public long witness(long received) {")
                .endsWith("}");
        assertThat(RunLog.read(Home.dir().resolve(file)).line(excerpt.first())).contains("public long witness(");
    }
}
