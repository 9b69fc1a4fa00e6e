package io.chittychat.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    @TempDir
    private Path dir;

    @Test
    void whatAnEarlierRunLeftIsRemoved() throws IOException {
        Path old;
        try (Workspace first = Workspace.open(dir.resolve("demo"))) {
            old = Files.writeString(first.logs().resolve("participant-alice.log"), "old");
        }
        try (Workspace second = Workspace.open(dir.resolve("demo"))) {
            assertThat(old).doesNotExist();
            assertThat(second.logs()).isEmptyDirectory();
        }
    }

    @Test
    void directoryWithOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Path precious = Files.writeString(dir.resolve("precious.txt"), "mine");

        assertThatThrownBy(() -> Workspace.open(dir)).isInstanceOf(ProcessFailedException.class);
        assertThat(precious).exists();
    }

    @Test
    void directoryInUseIsRefused() {
        try (Workspace first = Workspace.open(dir)) {
            assertThatThrownBy(() -> Workspace.open(dir))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageContaining("another demo is running");
            assertThat(first.logs()).exists();
        }
    }
}
