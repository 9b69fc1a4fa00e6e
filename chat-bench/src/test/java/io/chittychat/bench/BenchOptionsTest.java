package io.chittychat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chittychat.bench.workload.FanOutSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {

    private static final List<String> KNOWN = List.of("W4", "W5");

    @Test
    void everythingIsMeasuredUnlessAWorkloadIsNamed() {
        assertThat(parse().workloads()).containsExactly("W4", "W5");
        assertThat(parse("w5").workloads()).containsExactly("W5");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W9",
                "--rounds",
                "--seconds 0",
                "--rounds many",
                "--events -1",
                "--participants 10,x",
                "--text -1"
            })
    void nonsenseIsRefused(String arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(arguments.split(" ")));
    }

    private static BenchOptions parse(String... arguments) {
        return BenchOptions.parse(List.of(arguments), KNOWN);
    }
}
