package io.chittychat.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.springframework.util.FileSystemUtils;

/** Stores for tests. */
public final class Stores {

    private Stores() {}

    /** Opens a store without syncs, which are slow, and which no test in one process can observe. */
    public static EventStore open(Path file) {
        return EventStore.open(file, Durability.OS);
    }

    /** @param connections wraps each connection, so that the test can make it fail */
    public static EventStore open(Path file, UnaryOperator<Connection> connections) {
        return EventStore.open(file, Durability.OS, connections);
    }

    /** Writes a copy of a new store to a file, which is faster than creating one. All copies have the same epoch. */
    public static Path copyOfNew(Path file) {
        try {
            return Files.write(file, Template.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a store with small pages, so that transactions are short. */
    public static Path newOfSmallPages(Path file) {
        execute(file, "PRAGMA page_size = 512", "CREATE TABLE t (x)", "DROP TABLE t");
        open(file).close();
        return file;
    }

    /** Runs SQL on the file, without the store. */
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

    /** Where the values of an event are in its page: places in the JSON array, or bytes of the column digests. */
    private static final List<String> FIELDS = List.of(
            "lamport_time",
            "previous_lamport_time",
            "recorded_at",
            "type",
            "participant",
            "text",
            "participant_lamport_time",
            "sequence",
            "name_key",
            "request_digest",
            "token_salt");

    private static final String PAGE_OF = " WHERE through = (SELECT min(through) FROM page WHERE through >= %d)";
    private static final String PLACE_OF = "(SELECT key FROM json_each(events) WHERE value ->> 0 = %d)";

    /**
     * Returns SQL that changes an event, without its digest.
     *
     * @param value an SQL expression; of session_id and digest 16 bytes
     */
    public static String set(long lamportTime, String field, String value) {
        String place = PLACE_OF.formatted(lamportTime);
        if (FIELDS.contains(field)) {
            return "UPDATE page SET events = json_set(events, '$[' || %s || '][%d]', %s)"
                            .formatted(place, FIELDS.indexOf(field), value)
                    + PAGE_OF.formatted(lamportTime);
        }
        int begin = field.equals("session_id") ? 1 : 17;
        return "UPDATE page SET digests = CAST(substr(digests, 1, 32 * %1$s + %2$d) || %3$s || substr(digests, 32 * %1$s + %4$d) AS BLOB)"
                        .formatted(place, begin - 1, value, begin + 16)
                + PAGE_OF.formatted(lamportTime);
    }

    /** Returns SQL that removes an event from its page, and its digest. */
    public static String delete(long lamportTime) {
        String place = PLACE_OF.formatted(lamportTime);
        return "UPDATE page SET events = json_remove(events, '$[' || %1$s || ']'), digests = CAST(substr(digests, 1, 32 * %1$s) || substr(digests, 32 * %1$s + 33) AS BLOB)"
                        .formatted(place)
                + PAGE_OF.formatted(lamportTime);
    }

    /** Reads a column of numbers from the file, without the store. */
    public static List<Long> longs(Path file, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies a closed store. */
    public static Path copy(Path from, Path to) {
        try {
            return Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Deletes the file of the store's head, so that the store's end is not checked. */
    public static void forgetHead(Path file) {
        try {
            Files.deleteIfExists(Head.file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the write-ahead log. */
    public static Path wal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Returns a directory in memory if there is one, for files that are written often. */
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

    /** Creates a test's temporary directory in memory if possible. */
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
