package io.chittychat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks that check and copy a store, and their choice of the store. */
class MaintenanceTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Maintenance.askedForBy(arguments).orElseThrow().run(new PrintStream(printed, true, UTF_8));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    private Path emptyStore() {
        Path file = directory.resolve("chitty.db");
        EventStore.open(file, Durability.OS).close();
        return file;
    }

    private Path notAStore() throws IOException {
        return Files.writeString(directory.resolve("chitty.db"), "not a database at all, and long enough".repeat(40));
    }

    @Test
    void otherArgumentsRequestNoTask() {
        assertThat(Maintenance.askedForBy("--server.port=8081")).isEmpty();
    }

    @Test
    void intactStoreIsVerified() {
        Path file = emptyStore();
        assertThat(run("--verify", file.toString())).isZero();
        assertThat(printed()).contains("everything holds");
        assertThat(run("--verify=" + file)).isZero();
        assertThat(run("--chitty.store.file=" + file, "--verify")).isZero();
    }

    @Test
    void headIsALineThatProvesWhatAStoreContained() {
        Path file = directory.resolve("chitty.db");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            new RecordedRoom(store).accepted(Commands.join("alice", 1));
        }
        assertThat(run("--verify", "--head", file.toString())).isZero();
        String head = printed().strip();
        assertThat(head).matches("[0-9a-f-]{36} 1 [0-9a-f]{32}");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            new RecordedRoom(store).accepted(Commands.publish(1, 1));
        }
        assertThat(run("--verify", file.toString(), "--against", head)).isZero();
        assertThat(printed()).contains("it contains all that it contained at Lamport time 1");

        String other = head.replaceAll("[0-9a-f]{32}", "0123456789abcdef0123456789abcdef");
        assertThat(run("--verify", "--against", other, file.toString())).isEqualTo(1);
        assertThat(printed()).contains("event 1, or an event before it, is not the one that it had");
        assertThat(run("--verify", "--against=something else", file.toString())).isEqualTo(2);
        assertThat(run("--verify", file.toString(), "--against")).isEqualTo(2);
    }

    @Test
    void fileThatIsNotAStoreIsDamaged() throws IOException {
        assertThat(run("--verify", notAStore().toString())).isEqualTo(1);
        assertThat(printed()).contains("is damaged");
    }

    @Test
    void missingStoreCannotBeVerified() {
        assertThat(run("--verify", directory.resolve("none.db").toString())).isEqualTo(2);
        assertThat(printed()).contains("there is no store");
    }

    @Test
    void storeInUseIsCopied() {
        Path file = directory.resolve("chitty.db");
        Path copy = directory.resolve("copy.db");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(run("--backup", copy.toString(), "--chitty.store.file=" + file))
                    .isZero();
            assertThat(store.epoch()).isNotEmpty();
        }
        assertThat(printed()).contains("copy.db: a copy of", "checked; 0 events");
        assertThat(directory).isDirectoryNotContaining("glob:**copy.db?*");
        EventStore.open(copy, Durability.OS).close();
    }

    @Test
    void copyNeverReplacesAFile() throws IOException {
        Path file = emptyStore();
        Path other = Files.writeString(directory.resolve("other"), "precious");
        assertThat(run("--backup=" + other, "--chitty.store.file=" + file)).isEqualTo(1);
        assertThat(other).hasContent("precious");
        assertThat(printed()).contains("exists already");
    }

    @Test
    void invalidStoreIsNotCopied() throws IOException {
        Path file = notAStore();
        assertThat(run("--backup=" + directory.resolve("copy.db"), "--chitty.store.file=" + file))
                .isEqualTo(1);
        assertThat(run("--backup=" + directory.resolve("copy.db"), "--chitty.store.file=" + directory.resolve("none")))
                .isEqualTo(1);
        assertThat(directory.resolve("copy.db")).doesNotExist();
        assertThat(printed()).contains("is damaged", "there is no store");
    }

    @Test
    void copyNeedsATarget() {
        assertThat(run("--backup")).isEqualTo(2);
    }

    @Test
    void storeWithoutASettingIsTheDefault() {
        assertThat(Maintenance.configuredStore()).isEqualTo(Path.of("data/chitty.db"));
    }

    @Test
    void argumentOverridesFiles() throws IOException {
        writeSettings();
        assertThat(Maintenance.configuredStore(inDirectory(), "--chitty.store.file=argument.db"))
                .isEqualTo(Path.of("argument.db"));
    }

    @Test
    void mistypedSettingIsRefused() {
        assertThatThrownBy(() -> Maintenance.configuredStore("--chitty.store.fiel=other.db"))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void fileOfSettingsIsRead() throws IOException {
        writeSettings();
        assertThat(Maintenance.configuredStore(inDirectory())).isEqualTo(Path.of("from-a-file.db"));
    }

    @Test
    void profileIsRead() throws IOException {
        writeSettings();
        assertThat(Maintenance.configuredStore(inDirectory(), "--spring.profiles.active=disk2"))
                .isEqualTo(Path.of("of-a-profile.db"));
    }

    private void writeSettings() throws IOException {
        Files.writeString(directory.resolve("application.yml"), "chitty.store.file: from-a-file.db\n");
        Files.writeString(directory.resolve("application-disk2.yml"), "chitty.store.file: of-a-profile.db\n");
    }

    /** The argument that makes a service read its settings in the directory. */
    private String inDirectory() {
        return "--spring.config.additional-location=file:" + directory + "/";
    }
}
