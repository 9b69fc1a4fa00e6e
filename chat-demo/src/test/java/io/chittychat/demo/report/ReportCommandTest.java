package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);
    private final List<List<String>> played = new ArrayList<>();

    @Test
    void withoutARunTheDemoIsPlayedFirst(@TempDir Path dir) {
        int exitCode = run(List.of("--dir", dir.toString()), 7);

        assertThat(played)
                .singleElement()
                .satisfies(arguments -> assertThat(arguments)
                        .as("the report is made once, by this command")
                        .contains("--dir", dir.toString(), "--no-report"));
        assertThat(exitCode).isEqualTo(7);
    }

    @Test
    void theReportStandsBesideTheRunUnlessSaidOtherwise() {
        assertThat(parse("--home", "h").out()).isEqualTo(Path.of("h/target/demo/report.pdf"));
        assertThat(parse("--dir", "d").out()).isEqualTo(Path.of("d/report.pdf"));
        assertThat(parse("--dir", "d", "--out", "o.pdf").out()).isEqualTo(Path.of("o.pdf"));
    }

    private static ReportOptions parse(String... arguments) {
        ReportOptions options = new ReportOptions();
        options.parser().parseArgs(arguments);
        return options;
    }

    @Test
    void helpFitsATerminal() {
        assertThat(run(List.of("--help"), 0)).isZero();
        assertThat(printed.toString(UTF_8)).startsWith("usage: chitty report [OPTIONS]");
        assertThat(printed.toString(UTF_8).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThat(run(List.of("--colour"), 0)).isEqualTo(2);
        assertThat(printed.toString(UTF_8))
                .contains("Unknown option: '--colour'")
                .contains("See chitty report --help.");
        assertThat(run(List.of("--out"), 0)).isEqualTo(2);
    }

    @Test
    void aDirectoryThatIsNoCheckoutIsSaidInOneSentence(@TempDir Path dir) {
        assertThat(run(
                        List.of(
                                "--home",
                                dir.toString(),
                                "--dir",
                                SampleRun.dir().toString()),
                        0))
                .isEqualTo(1);
        assertThat(printed.toString(UTF_8)).contains("chitty report: the report's fonts are missing in");
    }

    private int run(List<String> arguments, int exitCodeOfDemo) {
        return ReportCommand.run(
                arguments,
                demo -> {
                    played.add(demo);
                    return exitCodeOfDemo;
                },
                out,
                out);
    }
}
