package io.chittychat.demo.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A participant's process that fails says whose it is, and shows what it printed. */
class ParticipantProcessTest {

    @TempDir
    private Path directory;

    @Test
    void failureNamesTheParticipantAndHasItsOutput() {
        assertThatExceptionOfType(ProcessFailedException.class)
                .isThrownBy(() -> start("echo The reason stands here.; exit 3").awaitGoodEnd())
                .withMessageContaining("the process of carol ended with exit code 3")
                .satisfies(failure -> {
                    assertThat(failure.process()).isEqualTo("carol");
                    assertThat(failure.printed()).containsExactly("The reason stands here.");
                });
    }

    @Test
    void endWhileSomethingIsAwaitedIsItsFailureToo() {
        assertThatExceptionOfType(ProcessFailedException.class)
                .isThrownBy(() -> start("echo Refused.; exit 1").awaitReply("Publish"))
                .withMessageContaining("carol ended unexpectedly, with exit code 1")
                .satisfies(failure -> assertThat(failure.printed()).containsExactly("Refused."));
    }

    private ParticipantProcess start(String script) {
        Programs programs = new Programs(
                List.of("sh", "-c", script),
                new RunnableJar(Path.of("server"), List.of()),
                new RunnableJar(Path.of("client"), List.of()));
        try (Workspace workspace = Workspace.open(directory.resolve("run"));
                Children children = new Children()) {
            ParticipantProcess carol = ParticipantProcess.start("carol", children, programs, workspace, "nowhere:1");
            carol.awaitExit();
            return carol;
        }
    }
}
