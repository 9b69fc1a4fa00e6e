package io.chittychat.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark as people run it, from its jar and on the real server, though for a moment only. */
@Timeout(180)
class BenchIT {

    private static final Path HOME =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    private static final Duration BOUND = Duration.ofSeconds(150);
    private static final String FIGURE = " +[0-9,.]*[1-9][0-9,.]* \\([^)]*\\) \\|";

    private static final String JETSTREAM = "NATS JetStream, [a-z ]+"; // whether it is synced depends on the version

    @TempDir
    private Path dir;

    @Test
    void publishingIsMeasured() throws Exception {
        assertThat(bench("W4", "--seconds", "0.3", "--rounds", "1", "--only", "fsync, ", "--contestants", "chitty"))
                .isZero();

        assertThat(report())
                .content()
                .contains("- command: `./chitty bench ", "- machine: ")
                .containsPattern("\\| fsync, 1 unary +\\|" + FIGURE.repeat(4))
                .containsPattern("\\| fsync, 256 unary +\\|" + FIGURE.repeat(4))
                .containsPattern("\\| fsync, 1 stream of 256 +\\|" + FIGURE.repeat(4))
                .doesNotContain("| memory");
    }

    /** The service and the other servers that are installed; the report names those that are not. */
    @Test
    void fanOutIsMeasuredWithPeers() throws Exception {
        assertThat(bench(
                        "W1",
                        "--seconds",
                        "0.1",
                        "--rounds",
                        "1",
                        "--publishes",
                        "2000",
                        "--contestants",
                        "chitty-fsync,chitty-connect-json,textbook,nats,redis,ngircd"))
                .isZero();

        for (String peer : List.of("textbook gRPC", "NATS", "Redis", "ngircd")) {
            assertThat(report())
                    .content()
                    .containsPattern("- " + peer + ": not measured: |\\| " + peer + " +\\|" + FIGURE.repeat(4));
        }
        assertThat(report())
                .content()
                .containsPattern("\\| Chitty-Chat, fsync +\\|" + FIGURE.repeat(4))
                .containsPattern("\\| Chitty-Chat, fsync, Connect JSON +\\|" + FIGURE.repeat(4));
        assertThat(report().resolveSibling("report.svg")).content().contains("Chitty-Chat, fsync");
    }

    /** Peers that are installed; the report names the others. Their processor time may be too short to be seen. */
    @Test
    void publishingIsMeasuredWithPeers() throws Exception {
        assertThat(bench(
                        "W4",
                        "--seconds",
                        "0.1",
                        "--rounds",
                        "1",
                        "--only",
                        ", 1 p",
                        "--contestants",
                        "nats-jetstream,redis-streams,postgresql,rabbitmq"))
                .isZero();

        for (String peer : List.of(
                JETSTREAM,
                "Redis Streams, fsync",
                "PostgreSQL, INSERT \\+ NOTIFY, fsync",
                "PostgreSQL, INSERT, fsync",
                "RabbitMQ quorum queue, fsync")) {
            for (String point : List.of("1 publisher", "1 pipeline of 256")) {
                assertThat(report())
                        .content()
                        .containsPattern(
                                "- %s: not measured: |\\| %s, %s +\\|".formatted(peer, peer, point) + FIGURE.repeat(3));
            }
        }
    }

    @Test
    void steadyRateIsMeasuredWithDurablePeers() throws Exception {
        assertThat(bench(
                        "W2",
                        "--seconds",
                        "0.1",
                        "--rounds",
                        "1",
                        "--contestants",
                        "nats-jetstream,redis-streams,postgresql"))
                .isZero();

        for (String peer : List.of(JETSTREAM, "Redis Streams, fsync", "PostgreSQL, INSERT \\+ NOTIFY, fsync")) {
            assertThat(report())
                    .content()
                    .containsPattern("- %s: not measured: |\\| %s +\\|".formatted(peer, peer) + FIGURE.repeat(3));
        }
    }

    @Test
    void steadyRateLectureAndChurnAreMeasured() throws Exception {
        assertThat(bench(
                        "W2",
                        "W3",
                        "W6",
                        "--seconds",
                        "0.1",
                        "--rounds",
                        "1",
                        "--audience",
                        "50",
                        "--contestants",
                        "chitty-memory,chitty-connect-proto"))
                .isZero();

        assertThat(report()).content().containsPattern("## W2(?s:.)*## W3(?s:.)*## W6");
        assertThat(report())
                .content()
                .containsPattern("\\| Chitty-Chat, memory +\\|" + FIGURE.repeat(4))
                .containsPattern("\\| Chitty-Chat, fsync, Connect +\\|" + FIGURE.repeat(4));
    }

    @Test
    void catchingUpIsMeasured() throws Exception {
        assertThat(bench("W5", "--events", "5000", "--rounds", "2")).isZero();

        assertThat(report())
                .content()
                .containsPattern("\\| memory +\\|" + FIGURE)
                .containsPattern("\\| disk +\\|" + FIGURE);
    }

    @Test
    void startingIsMeasured() throws Exception {
        assertThat(bench("start", "--rounds", "1", "--only", "java -jar")).isZero();

        assertThat(report())
                .content()
                .containsPattern("\\| java -jar chat-server.jar +\\|" + FIGURE.repeat(2))
                .doesNotContain("| ./chitty server");
    }

    @Test
    void firstPublishesAreMeasured() throws Exception {
        assertThat(bench("cold", "--rounds", "1", "--seconds", "0.5", "--publishes", "20000", "--only", "jar, memory"))
                .isZero();

        assertThat(report())
                .content()
                .containsPattern("\\| java -jar chat-server.jar, memory +\\|" + FIGURE.repeat(4))
                .doesNotContain("| ./chitty server", ", fsync");
    }

    /** Only the smallest point: six processes start for it. What is killed in other points, ClusterFaultIT and FailoverIT kill, too. */
    @Test
    @Timeout(330)
    void severalNodesAreMeasured() throws Exception {
        assertThat(bench(BOUND.multipliedBy(2), "W7", "--rounds", "1", "--seconds", "0.3", "--only", "1 u"))
                .isZero();

        assertThat(report())
                .content()
                .containsPattern("\\| 3 nodes, 1 unary +\\|" + FIGURE.repeat(5))
                .containsPattern("\\| 3 nodes, 1 unary +\\|" + FIGURE.repeat(2) + "\n") // by that of the bare log
                .containsPattern("\\| bare log, 1 under way +\\|" + FIGURE.repeat(3) + " +- \\|")
                .doesNotContain("| killed");
    }

    @Test
    void serverThatDoesNotStartIsReportedAsThat() throws Exception {
        assertThat(bench("W5", "--server-options", "-XX:+NoSuchOption")).isEqualTo(1);

        assertThat(dir.resolve("bench.out"))
                .content()
                .contains("the server ended unexpectedly, with exit code 1; see ");
    }

    private Path report() {
        return dir.resolve("report.md");
    }

    /** The exit code; when the benchmark has ended, so have its servers. */
    private int bench(String... arguments) throws IOException, InterruptedException {
        return bench(BOUND, arguments);
    }

    private int bench(Duration bound, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                HOME.resolve("chat-bench/target/chat-bench.jar").toString(),
                "--home",
                HOME.toString(),
                "--dir",
                dir.resolve("run").toString(),
                "--output",
                report().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("bench.out").toFile())
                .start();
        try {
            assertThat(process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }
}
