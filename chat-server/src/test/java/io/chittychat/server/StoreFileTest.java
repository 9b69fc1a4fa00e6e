package io.chittychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backing up and verifying look at the store that the service would open. */
class StoreFileTest {

    @TempDir
    private Path directory;

    @Test
    void withoutASettingItIsThePackedOne() {
        assertThat(StoreFile.configured(new String[] {"--verify"})).isEqualTo(Path.of("data/chitty.db"));
    }

    @Test
    void argumentWins() throws IOException {
        assertThat(StoreFile.configured(arguments("--chitty.store.file=argument.db")))
                .isEqualTo(Path.of("argument.db"));
    }

    @Test
    void fileOfSettingsCounts() throws IOException {
        assertThat(StoreFile.configured(arguments())).isEqualTo(Path.of("from-a-file.db"));
    }

    @Test
    void profileCounts() throws IOException {
        assertThat(StoreFile.configured(arguments("--spring.profiles.active=disk2")))
                .isEqualTo(Path.of("of-a-profile.db"));
    }

    /** Arguments of a service that stands in a directory with settings. */
    private String[] arguments(String... more) throws IOException {
        Files.writeString(directory.resolve("application.yml"), "chitty.store.file: from-a-file.db\n");
        Files.writeString(directory.resolve("application-disk2.yml"), "chitty.store.file: of-a-profile.db\n");
        String[] arguments = new String[more.length + 1];
        arguments[0] = "--spring.config.additional-location=file:" + directory + "/";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return arguments;
    }
}
