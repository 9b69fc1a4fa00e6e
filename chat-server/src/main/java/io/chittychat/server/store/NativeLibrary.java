package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which lies in a jar and can only be loaded from a file. The file is deleted at once, since a process that is
 * killed could not delete it at its end: a service that is killed again and again would fill the disk.
 *
 * <p>Threading: any thread.
 */
final class NativeLibrary {

    private static final String DIRECTORY = "org.sqlite.tmpdir"; // where the driver makes the file
    private static boolean isLoaded; // guarded by the class

    private NativeLibrary() {}

    /** @throws SQLException if there is no directory from which it can be loaded */
    static synchronized void load() throws SQLException {
        if (isLoaded) {
            return;
        }
        if (System.getProperty(DIRECTORY) == null) {
            loadFromOwnDirectory();
        }
        isLoaded = true; // or the driver does it by itself
    }

    private static void loadFromOwnDirectory() throws SQLException {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("chitty-sqlite");
            System.setProperty(DIRECTORY, directory.toString());
            SQLiteJDBCLoader.initialize();
        } catch (IOException e) {
            throw new SQLException(e.toString(), new NativeLibraryNotFoundException(e.toString()));
        } catch (Exception e) { // it declares no other
            throw new SQLException(e.getMessage(), e);
        } finally {
            System.clearProperty(DIRECTORY);
            if (directory != null) {
                delete(directory);
            }
        }
    }

    /** Windows does not delete a library that is in use: there the driver deletes it when a later process starts. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
