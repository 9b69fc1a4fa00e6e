package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library. The library is in a jar, but the JVM loads it only from a file. The file is deleted
 * after loading: a killed process could not delete it at its end, and a service that is killed often would fill the
 * disk.
 *
 * <p>Threading: any thread.
 */
final class NativeLibrary {

    private static final String DIRECTORY = "org.sqlite.tmpdir"; // the directory of the file
    private static boolean isLoaded; // guarded by the class

    private NativeLibrary() {}

    /** @throws SQLException if the library cannot be loaded */
    static synchronized void load() throws SQLException {
        if (isLoaded) {
            return;
        }
        if (System.getProperty(DIRECTORY) == null) {
            loadFromOwnDirectory();
        }
        isLoaded = true; // if the setting names a directory, the driver loads it from there
    }

    private static void loadFromOwnDirectory() throws SQLException {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("chitty-sqlite");
            System.setProperty(DIRECTORY, directory.toString());
            SQLiteJDBCLoader.initialize();
        } catch (IOException e) {
            throw new SQLException(e.toString(), new NativeLibraryNotFoundException(e.toString()));
        } catch (Exception e) { // the method declares Exception
            throw new SQLException(e.getMessage(), e);
        } finally {
            System.clearProperty(DIRECTORY);
            if (directory != null) {
                delete(directory);
            }
        }
    }

    /**
     * Deletes the file. Windows does not delete a library in use; there the driver deletes it when a later process
     * starts.
     */
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
