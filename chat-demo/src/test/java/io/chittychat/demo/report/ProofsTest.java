package io.chittychat.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.report.Proof.Evidence;
import io.chittychat.process.machine.Home;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.log.ParticipantRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {

    @TempDir
    private Path dir;

    @Test
    void everyRequirementIsShownByLinesThatAreThere() {
        Run run = SampleRun.read();

        List<Proof> proofs = new Proofs(run).of(Home.dir());

        assertThat(proofs).extracting(Proof::label).startsWith("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8");
        assertThat(proofs).allMatch(Proof::isShown);
        assertThat(proofs)
                .filteredOn(proof -> proof.label().startsWith("R"))
                .flatExtracting(Proof::evidence)
                .allSatisfy(line -> assertThat(RunLog.read(file(line.log())).line(line.line()))
                        .isEqualTo(line.text()));
    }

    @Test
    void aMessageIsShownInTheLogsOfAllWhoWerePresent() {
        assertThat(proof("R3", SampleRun.read()).evidence())
                .extracting(Evidence::log)
                .containsExactly(
                        "participant-alice.log",
                        "participant-bob.log",
                        "participant-carol.log",
                        "participant-dave.log");
    }

    @Test
    void aJoinIsShownInTheNewcomersLog() {
        assertThat(proof("R6", SampleRun.read()).evidence())
                .anyMatch(line ->
                        line.log().equals("participant-dave.log") && line.text().contains("from=dave"));
    }

    @Test
    void thatEachIsAProcessIsShownByTheirIds() {
        Proof proof = proof("Processes", SampleRun.read());

        assertThat(proof.remark())
                .isEqualTo("4 participants, 4 process ids. Killed: carol; the others received the end of the session.");
        assertThat(proof.evidence())
                .extracting(Evidence::text)
                .anyMatch(line -> line.contains("event=started process=dave pid="))
                .anyMatch(line -> line.contains("event=killed process=carol"))
                .anyMatch(line -> line.contains("event=left") && line.contains("from=carol"));
    }

    @Test
    void nobodyIsSaidToBeKilledWhoWasNot() throws IOException {
        Path processes = SampleRun.copyTo(dir).resolve("output/processes.logfmt");
        Files.write(
                processes,
                Files.readAllLines(processes).stream()
                        .filter(line -> !line.contains("killed"))
                        .toList());

        assertThat(proof("Processes", Run.read(dir)).remark())
                .isEqualTo("4 participants, 4 process ids. None of them was killed.");
    }

    @Test
    void withoutProcessIdsNothingIsShown() throws IOException {
        Files.delete(SampleRun.copyTo(dir).resolve("output/processes.logfmt"));

        assertThat(proof("Processes", Run.read(dir)).isShown()).isFalse();
    }

    @Test
    void twoParticipantsInOneProcessAreNotShownToBeTwo() throws IOException {
        Path processes = SampleRun.copyTo(dir).resolve("output/processes.logfmt");
        Files.writeString(processes, Files.readString(processes).replaceAll("pid=[0-9]+", "pid=7"));

        assertThat(proof("Processes", Run.read(dir)).isShown()).isFalse();
    }

    @Test
    void aMessageThatSomebodyLacksIsNotSaidToBeWithAll() throws IOException {
        assertThat(proof("R3", SampleRun.read()).remark()).contains("and none is missing or different");
        Path log = SampleRun.copyTo(dir).resolve("logs/participant-dave.log");
        Files.write(
                log,
                Files.readAllLines(log).stream()
                        .filter(line -> !(line.contains("event=published") && line.contains("lamport=37")))
                        .toList());

        assertThat(proof("R3", Run.read(dir)).remark()).contains("found that it is violated");
    }

    /** No participant receives the last leave, but it is an event. */
    @Test
    void theReportCountsTheEventsThatTheTraceCounts() {
        Run run = SampleRun.read();
        TraceResult.Events events = run.trace(TraceListener.NONE).events();

        assertThat(new Facts(new Checkout(Home.dir()), run, Contract.packed(), new Adoc(SampleRun.fonts()))
                        .attributes(Sequence.of(run)))
                .contains(":event-count: " + events.count() + "\n", ":last-time: 50\n");
        assertThat(events.last()).isEqualTo(50);
    }

    @Test
    void whatARunDoesNotShowIsSaid() {
        Run nothing = new Run(
                List.of(ParticipantRecords.parse(Path.of("participant-a.log"), "")),
                List.of(new RunLog(Path.of("participant-a.log"), List.of())),
                List.of(),
                new RunLog(Path.of("processes.logfmt"), List.of()));

        String table =
                new ProofTable(new Adoc(SampleRun.fonts())).of(List.of(proof("R3", nothing), proof("R7", nothing)));

        assertThat(table)
                .containsSubsequence(
                        "R3", "[.missing]#not shown in this run#", "R7", "[.missing]#not shown in this run#");
    }

    private static Proof proof(String label, Run run) {
        return new Proofs(run)
                .of(Home.dir()).stream()
                        .filter(proof -> proof.label().equals(label))
                        .findFirst()
                        .orElseThrow();
    }

    private static Path file(String log) {
        return SampleRun.dir()
                .resolve(log.startsWith("participant-") ? "logs" : "output")
                .resolve(log);
    }
}
