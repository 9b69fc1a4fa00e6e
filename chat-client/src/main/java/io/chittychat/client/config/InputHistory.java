package io.chittychat.client.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of the input history, which only its owner may read. */
final class InputHistory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private InputHistory() {}

    /** Creates the file and its directory, if they are missing. If that fails, the history is not kept. */
    static Path in(Path directory) {
        Path file = directory.resolve("history");
        try {
            Files.createDirectories(directory);
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        } catch (IOException e) {
            // The line reader works without it.
        }
        return file;
    }
}
