package io.chittychat.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.springframework.util.FileSystemUtils;

/** Stores for tests. */
public final class Stores {

    private Stores() {}

    /** A store without syncs, which are slow and which nothing in one process can tell from no syncs. */
    public static EventStore open(Path file) {
        return EventStore.open(file, Durability.OS);
    }

    /** @param connections is given every connection, to make it fail later */
    public static EventStore open(Path file, UnaryOperator<Connection> connections) {
        return EventStore.open(file, Durability.OS, connections);
    }

    /** Puts a copy of a new store into a file, which is quicker than making one. All copies have one epoch. */
    public static Path copyOfNew(Path file) {
        try {
            return Files.write(file, Template.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a new store of small pages, so that a transaction is short. */
    public static Path newOfSmallPages(Path file) {
        execute(file, "PRAGMA page_size = 512", "CREATE TABLE t (x)", "DROP TABLE t");
        open(file).close();
        return file;
    }

    /** Runs SQL behind the store's back. */
    public static void execute(Path file, String... sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets the clock of a closed store. */
    public static void setClock(Path file, long lamportTime) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            LogRow.read(connection).withLamportTime(lamportTime).write(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes away what a store is known to have had, as if it had never been more than what is left. */
    public static void forgetHead(Path file) {
        try {
            Files.deleteIfExists(Head.file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file in which what was written last is. */
    public static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** A directory for files that are written a lot: in memory, if there is such a place. */
    public static Path fastDirectory() {
        Path memory = Path.of("/dev/shm");
        try {
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "chitty-test")
                    : Files.createTempDirectory("chitty-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a test's temporary directory where files are written quickly. */
    public static final class Fast implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) {
            return fastDirectory();
        }
    }

    private static final class Template {
        static final byte[] BYTES = make();

        private static byte[] make() {
            Path directory = fastDirectory();
            try {
                Path file = directory.resolve("template.db");
                open(file).close();
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                delete(directory);
            }
        }
    }
}
