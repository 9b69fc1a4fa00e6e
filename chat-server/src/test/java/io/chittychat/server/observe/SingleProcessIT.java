package io.chittychat.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.ChatServerApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service without other nodes, as a process of its own. */
class SingleProcessIT {

    @TempDir
    private Path dir;

    @Test
    void loadsNoClassOfKafka() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-verbose:class",
                        "-Dspring.context.exit=onRefresh",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ChatServerApplication.class.getName(),
                        "--chitty.store.file=" + dir.resolve("chitty.db"),
                        "--grpc.server.port=0",
                        "--server.port=0"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output)
                .contains("io.chittychat.server.log.LocalCommandLog ")
                .doesNotContain("org.apache.kafka.")
                .doesNotContain("io.chittychat.server.log.kafka.");
    }
}
