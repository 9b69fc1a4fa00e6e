package io.chittychat.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    private Path dir;

    @Test
    void closingEndsEveryChildAndStartsNoMore() {
        Children children = new Children();
        ChildProcess sleeper = start(children, "sleep", "600");
        assertThat(sleeper.isAlive()).isTrue();

        children.close();
        assertThat(sleeper.isAlive()).isFalse();
        assertThatThrownBy(() -> start(children, "sleep", "600")).isInstanceOf(ProcessFailedException.class);
    }

    @Test
    void outputAndExitCodeOfAChildAreKnown() {
        try (Children children = new Children()) {
            ChildProcess child = start(children, "sh", "-c", "echo one; echo two >&2; echo three; exit 3");

            assertThat(child.awaitExit(BOUND)).isEqualTo(OptionalInt.of(3));
            assertThat(child.tail(2)).containsExactly("two", "three");
            assertThatThrownBy(child::requireAlive)
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageContaining("exit code 3");
        }
    }

    @Test
    void waitingIsBounded() {
        assertThatThrownBy(() -> Await.until("nothing", Duration.ZERO, Optional::empty))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessage("waited 0 s in vain for nothing");
    }

    private ChildProcess start(Children children, String... command) {
        return children.start("child", List.of(command), dir, dir.resolve("child.out"));
    }
}
