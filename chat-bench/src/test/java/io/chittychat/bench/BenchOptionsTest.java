package io.chittychat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chittychat.bench.workload.FanOutSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class BenchOptionsTest {

    private static final List<String> USUAL = List.of("W4", "W5");
    private static final List<String> ON_REQUEST = List.of("W7");

    @Test
    void everythingIsMeasuredUnlessAWorkloadIsNamed() {
        assertThat(parse().workloads()).containsExactly("W4", "W5");
        assertThat(parse("w5").workloads()).containsExactly("W5");
        assertThat(parse("w7").workloads()).containsExactly("W7");
    }

    @Test
    void optionsAreRead() {
        BenchOptions options = parse(
                "--home",
                "/src",
                "W4",
                "--rounds",
                "3",
                "--seconds",
                "0.5",
                "--events",
                "1000",
                "--server-options",
                "-Xmx1g -Xms1g");

        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.point()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.backlog()).isEqualTo(1000);
        assertThat(options.serverOptions()).containsExactly("-Xmx1g", "-Xms1g");
        assertThat(options.output()).isEqualTo(Path.of("/src/target/bench/report.md"));
    }

    @Test
    void fanOutIsAskedFor() {
        FanOutSettings fanOut = parse("--contestants", "NATS,chitty", "--participants", "10,5000", "--text", "16")
                .fanOut();

        assertThat(fanOut.contestants()).containsExactly("nats", "chitty");
        assertThat(fanOut.participants()).containsExactly(10, 5_000);
        assertThat(fanOut.texts()).containsExactly(16);
        assertThat(fanOut.publishes()).isEqualTo(200_000);
    }

    @Test
    void commandIsWhatTheUserTyped() {
        assertThat(parse("--home", "/src", "W4", "--only", "fsync, 256").command())
                .isEqualTo("./chitty bench W4 --only \"fsync, 256\"");
    }

    @Test
    void quickIsShortUnlessALaterOptionSaysOtherwise() {
        assertThat(parse("--quick").rounds()).isEqualTo(2);
        assertThat(parse("--quick").point()).isEqualTo(Duration.ofSeconds(2));
        assertThat(parse("--quick", "--rounds", "4").rounds()).isEqualTo(4);
        assertThat(parse().rounds()).isEqualTo(5);
    }

    @Test
    void helpFitsATerminal() {
        StringWriter help = new StringWriter();
        new BenchOptions(USUAL, ON_REQUEST).parser().usage(new PrintWriter(help, true), CommandLine.Help.Ansi.OFF);

        assertThat(help.toString())
                .startsWith("usage: chitty bench [WORKLOAD...] [OPTIONS]")
                .contains("START");
        assertThat(help.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W9",
                "--rounds",
                "--seconds 0",
                "--rounds many",
                "--events -1",
                "--participants 10,x",
                "--text -1",
                "--text 15"
            })
    void nonsenseIsRefused(String arguments) {
        assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> parse(arguments.split(" ")));
    }

    private static BenchOptions parse(String... arguments) {
        BenchOptions options = new BenchOptions(USUAL, ON_REQUEST);
        options.parse(options.parser(), List.of(arguments));
        return options;
    }
}
