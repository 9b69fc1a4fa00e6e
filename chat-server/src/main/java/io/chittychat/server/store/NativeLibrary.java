package io.chittychat.server.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library. The library is in a jar, but the JVM loads it only from a file. The file is deleted
 * after loading: a killed process could not delete it at its end, and a service that is killed often would fill the
 * disk. What a process left that was killed before that, a later one deletes.
 *
 * <p>Threading: any thread.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String DIRECTORY = "org.sqlite.tmpdir"; // the directory of the file
    private static final String PREFIX = "chitty-sqlite";
    private static final Duration OLD = Duration.ofHours(1); // no other process is still loading the file by then
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
            directory = Files.createTempDirectory(PREFIX);
            deleteLeftovers(Path.of(System.getProperty("java.io.tmpdir", ".")), directory);
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

    /** Deletes what killed processes of the same user left in a directory. */
    static void deleteLeftovers(Path temporary, Path own) throws IOException {
        Instant old = Instant.now().minus(OLD);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path leftover : leftovers) {
                if (Files.isDirectory(leftover, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(leftover).toInstant().isBefore(old)
                        && Files.getOwner(leftover).equals(Files.getOwner(own))) {
                    delete(leftover);
                }
            }
        } catch (DirectoryIteratorException | NoSuchFileException e) {
            LOG.debug("Another process deletes them, too", e);
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
