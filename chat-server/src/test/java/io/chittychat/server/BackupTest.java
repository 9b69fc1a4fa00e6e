package io.chittychat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that copies a store. */
class BackupTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int backup(String... arguments) {
        return Backup.askedForBy(arguments).orElseThrow().run(new PrintStream(printed, true, UTF_8));
    }

    @Test
    void copiesAStoreThatIsInUse() {
        Path file = directory.resolve("chitty.db");
        Path copy = directory.resolve("copy.db");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(backup("--backup", copy.toString(), "--chitty.store.file=" + file))
                    .isZero();
            assertThat(store.epoch()).isNotEmpty();
        }
        assertThat(printed.toString(UTF_8)).contains("copy.db: a copy of", "checked; 0 events");
        assertThat(directory).isDirectoryNotContaining("glob:**copy.db?*");
        EventStore.open(copy, Durability.OS).close();
    }

    @Test
    void neverReplacesAFile() throws IOException {
        Path file = directory.resolve("chitty.db");
        EventStore.open(file, Durability.OS).close();
        Path other = Files.writeString(directory.resolve("other"), "precious");
        assertThat(backup("--backup=" + other, "--chitty.store.file=" + file)).isEqualTo(1);
        assertThat(other).hasContent("precious");
        assertThat(printed.toString(UTF_8)).contains("is there already");
    }

    @Test
    void copiesNothingThatIsNoStore() throws IOException {
        Path file =
                Files.writeString(directory.resolve("chitty.db"), "not a database at all, and long enough".repeat(40));
        assertThat(backup("--backup=" + directory.resolve("copy.db"), "--chitty.store.file=" + file))
                .isEqualTo(1);
        assertThat(backup(
                        "--backup=" + directory.resolve("copy.db"), "--chitty.store.file=" + directory.resolve("none")))
                .isEqualTo(1);
        assertThat(directory.resolve("copy.db")).doesNotExist();
        assertThat(printed.toString(UTF_8)).contains("is damaged", "there is no store");
    }

    @Test
    void needsAPlace() {
        assertThat(backup("--backup")).isEqualTo(2);
    }
}
