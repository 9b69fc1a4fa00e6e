package io.chittychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.store.Durability;
import io.chittychat.server.store.EventStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int verify(String... arguments) {
        return Verification.askedForBy(arguments)
                .orElseThrow()
                .run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void goodStoreHolds() {
        Path file = directory.resolve("chitty.db");
        EventStore.open(file, Durability.OS).close();
        assertThat(verify("--verify", file.toString())).isZero();
        assertThat(printed()).contains("everything holds");
        assertThat(verify("--verify=" + file)).isZero();
        assertThat(verify("--chitty.store.file=" + file, "--verify")).isZero();
    }

    @Test
    void fileThatIsNoStoreDoesNotHold() throws IOException {
        Path file =
                Files.writeString(directory.resolve("chitty.db"), "not a database at all, and long enough".repeat(40));
        assertThat(verify("--verify", file.toString())).isEqualTo(1);
        assertThat(printed()).contains("is damaged");
    }

    @Test
    void missingStoreCannotBeTold() {
        assertThat(verify("--verify", directory.resolve("none.db").toString())).isEqualTo(2);
        assertThat(printed()).contains("there is no store");
    }

    @Test
    void serviceStartsUnlessVerifyingIsAskedFor() {
        assertThat(Verification.askedForBy(new String[] {"--server.port=8081"})).isEmpty();
    }
}
