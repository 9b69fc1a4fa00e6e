package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with files; {@code -Dchitty.golden=write} writes them, for review before a commit. */
final class Golden {

    private static final Path DIRECTORY = Path.of("src/test/resources/golden");

    private Golden() {}

    static void assertSame(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name + ".txt");
        if ("write".equals(System.getProperty("chitty.golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
