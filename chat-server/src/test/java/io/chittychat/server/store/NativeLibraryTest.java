package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    @TempDir
    private Path temporary;

    private Path directory(String name, Duration age) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(name));
        Files.writeString(directory.resolve("sqlite-libsqlitejdbc.so"), "a library");
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(age)));
        return directory;
    }

    @Test
    void leftoversOfKilledProcessesAreDeletedAndNothingElse() throws IOException {
        Path own = directory("chitty-sqlite1", Duration.ZERO);
        Path old = directory("chitty-sqlite2", Duration.ofHours(2));
        Path starting = directory("chitty-sqlite3", Duration.ofMinutes(2));
        Path foreign = directory("sqlite4", Duration.ofHours(2));
        Path target = directory("target", Duration.ofHours(2));
        Path link = Files.createSymbolicLink(temporary.resolve("chitty-sqlite5"), target);
        NativeLibrary.deleteLeftovers(temporary, own);
        assertThat(old).doesNotExist();
        assertThat(own).isNotEmptyDirectory();
        assertThat(starting).isNotEmptyDirectory();
        assertThat(foreign).isNotEmptyDirectory();
        assertThat(link.resolve("sqlite-libsqlitejdbc.so")).exists();
    }
}
