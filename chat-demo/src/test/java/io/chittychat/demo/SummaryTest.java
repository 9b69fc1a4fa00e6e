package io.chittychat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenarios;
import io.chittychat.trace.console.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

    private static final Artefact LOGS = Artefact.made("the logs", Path.of("logs"));
    private static final Artefact NO_REPORT = Artefact.missing("the report", "no PDF (exit code 1):\nno such gem");

    @TempDir
    private Path dir;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Workspace workspace;

    @BeforeEach
    void openWorkspace() {
        workspace = Workspace.open(dir);
    }

    @AfterEach
    void closeWorkspace() {
        workspace.close();
    }

    @Test
    void whatWasMadeIsToldBeforeTheVerdict() {
        assertThat(close(true, List.of(LOGS))).isZero();
        assertThat(lines()).endsWith("the logs: logs", "", "Everything holds, after 7 s.");
    }

    @Test
    void aReportThatCannotBeMadeHidesNoVerdict() {
        assertThat(close(true, List.of(NO_REPORT, LOGS))).isEqualTo(3);
        assertThat(lines())
                .containsSubsequence(
                        "the report: could not be made", "  no PDF (exit code 1):", "  no such gem", "the logs: logs");
        assertThat(lines()).endsWith("Everything holds, after 7 s. Not made: the report.");
    }

    @Test
    void aConversationThatFailedIsTheWorseOfBoth() {
        assertThat(close(false, List.of(LOGS))).isEqualTo(1);
        assertThat(lines()).endsWith("FAILED after 7 s.");
        assertThat(close(false, List.of(NO_REPORT, LOGS))).isEqualTo(1);
        assertThat(lines()).endsWith("FAILED after 7 s. Not made: the report.");
    }

    private int close(boolean completed, List<Artefact> artefacts) {
        PlayedScenario played =
                new PlayedScenario(Scenarios.load(Scenarios.SHIPPED.get(0)), completed, workspace, List.of());
        PrintStream out = new PrintStream(printed, true, UTF_8);
        return new Summary(out, Style.PLAIN).print(played, artefacts, Duration.ofSeconds(7));
    }

    private List<String> lines() {
        return printed.toString(UTF_8).lines().toList();
    }
}
