package io.chittychat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings in files below the directory in which the program is started. */
class WorkingDirectoryTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void editedSettings() throws IOException {
        Files.createDirectory(directory.resolve("config"));
        Files.writeString(directory.resolve("config").resolve("chat-server.yml"), "chitty.store.file: edited.db\n");
    }

    /** The output of another process, started in the directory, that verifies its store. */
    private String verify(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChatServerApplication.class.getName(),
                "--verify");
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CHITTY_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void editedSettingIsUsed() throws Exception {
        assertThat(verify(Map.of())).contains("there is no store edited.db");
    }

    @Test
    void environmentOverridesTheFile() throws Exception {
        assertThat(verify(Map.of("CHITTY_STORE_FILE", "environment.db"))).contains("there is no store environment.db");
    }

    @Test
    void mistypedSettingIsRefusedWithItsPlace() throws Exception {
        Files.writeString(directory.resolve("config").resolve("chat-server.yml"), "chitty.store.fiel: edited.db\n");
        assertThat(verify(Map.of()))
                .contains("Chitty-Chat does not start: unknown setting chitty.store.fiel (set in ")
                .contains("chat-server.yml")
                .doesNotContain("\tat ");
    }
}
