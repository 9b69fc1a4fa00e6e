package io.chittychat.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.tools.process.Home;
import io.chittychat.tools.trace.ParticipantLog;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofsTest {

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
    void whatARunDoesNotShowIsSaid() {
        Run nothing = new Run(
                List.of(ParticipantLog.parse(Path.of("participant-a.log"), "")),
                List.of(new RunLog(Path.of("participant-a.log"), List.of())),
                new RunLog(Path.of("server.out"), List.of()));

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
                .resolve(log.equals("server.out") ? "output" : "logs")
                .resolve(log);
    }
}
