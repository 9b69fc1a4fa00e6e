package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that cannot be opened, and the message for the operator. */
class StoreRefusalTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    /** Damage to a store that is closed. */
    private interface Damage {
        void doTo(Path file) throws IOException;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("header overwritten", file -> overwrite(file, 0, 100)),
                damage("cut off in the middle", file -> truncate(file, Files.size(file) / 2)),
                damage("cut off in the header", file -> truncate(file, 50)),
                damage("events overwritten", file -> overwrite(file, 4096, (int) Files.size(file) - 4096)),
                sql("newest event removed", "DELETE FROM page WHERE through = (SELECT max(through) FROM page)"),
                sql("an event removed", Stores.delete(5)),
                sql("the oldest event removed", Stores.delete(1)),
                sql("all events removed", "DELETE FROM page"),
                sql("log row removed", "DELETE FROM log"),
                sql("clock set back", "UPDATE log SET lamport_time = 3"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damagedStoreIsRefusedWithAnAdvice(String name, Damage damage) throws IOException {
        Path file = filled();
        damage.doTo(file);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Stores.open(file))
                    .isInstanceOf(StoreException.Damaged.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("restore a backup");
            assertThat(openFiles()).noneMatch(open -> open.startsWith(directory));
        }
    }

    @Test
    void foreignDatabaseIsRefused() {
        Path file = directory.resolve("foreign.db");
        Stores.execute(file, "CREATE TABLE recipe (text)");
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("--chitty.store.file=PATH");
        Stores.execute(file, "INSERT INTO recipe VALUES ('soup')");
    }

    @Test
    void storeOfNewerVersionIsRefused() {
        Path file = filled();
        Stores.execute(
                file,
                "INSERT INTO flyway_schema_history SELECT 9999, '9999', 'from the future', type, 'V9999__from_the_future.sql',"
                        + " checksum, installed_by, installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Start the version that wrote it");
    }

    @Test
    void directoryIsRefused() throws IOException {
        Path file = Files.createDirectory(directory.resolve("chitty.db"));
        assertThatThrownBy(() -> Stores.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void storeIsOpenedOnlyOnceAtATime() {
        Path file = filled();
        try (EventStore store = Stores.open(file)) {
            assertThatThrownBy(() -> Stores.open(file))
                    .isInstanceOf(StoreException.InUse.class)
                    .hasMessageContaining("Stop it first");
            new RecordedRoom(store).accepted(Commands.join("zoe", 99));
        }
        Stores.open(file).close();
    }

    @Test
    void storeIsNotOpenedWhileAnotherProcessHasIt() throws IOException, InterruptedException {
        Path file = filled();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> Stores.open(file)).isInstanceOf(StoreException.InUse.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        Stores.open(file).close();
    }

    /** The main method of another process, which opens the store. */
    static final class LockHolder {
        public static void main(String[] arguments) throws IOException {
            try (StoreLock lock = StoreLock.take(Path.of(arguments[0]))) {
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    private Path filled() {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (EventStore store = Stores.open(file)) {
            RecordedRoom room = new RecordedRoom(store);
            room.accepted(Commands.join("alice", 1));
            for (int sequence = 1; sequence <= 200; sequence++) {
                room.accepted(Commands.publish(1, sequence));
            }
        }
        return file;
    }

    private static List<Path> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd"); // of this process, on Linux
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.filter(Files::exists).map(StoreRefusalTest::target).toList();
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link; // closed in the meantime
        }
    }

    private static Arguments damage(String name, Damage damage) {
        return Arguments.of(name, damage);
    }

    private static Arguments sql(String name, String sql) {
        return damage(name, file -> Stores.execute(file, sql));
    }

    private static void overwrite(Path file, long from, int length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            access.write("garbage ".repeat(length / 8 + 1).getBytes(StandardCharsets.US_ASCII), 0, length);
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(length);
        }
    }
}
