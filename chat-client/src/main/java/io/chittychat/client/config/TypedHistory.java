package io.chittychat.client.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of what was typed before, which is nobody else's business. */
final class TypedHistory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private TypedHistory() {}

    /** The file in a directory; both are made if need be. If that fails, nothing will be remembered. */
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
            // The line reader does without.
        }
        return file;
    }
}
