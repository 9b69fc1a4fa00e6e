package io.chittychat.server.store;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.room.Turn;
import io.chittychat.time.LamportClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Copies a store, also while a service uses it. The copy is one state of the log, is checked completely, and has a new
 * epoch: a service that starts on it gives Lamport times to other events than the original, so clients of the original
 * must notice. In the copy all participants have left, by events at its end: their sessions are in the original, and
 * their names are free in the copy.
 */
public final class StoreBackup {

    private static final Room.Limits NO_LIMITS = new Room.Limits(Integer.MAX_VALUE, Duration.ZERO);

    private StoreBackup() {}

    /**
     * Copies a store.
     *
     * @param from the store's file
     * @param to the file of the copy; it appears when the copy is complete
     * @return the result of the check of the copy
     * @throws StoreException if there is no store, if {@code to} exists already, or if the copy fails or its check
     *     finds a problem
     */
    public static StoreCheck.Report copy(Path from, Path to) {
        return copy(from, to, part -> {
            giveEpoch(part);
            endSessions(part, Instant.now());
        });
    }

    /**
     * Copies the store of a node of several, as the beginning of another node: the copy has the same epoch, sessions and place in
     * the shared log.
     *
     * @throws StoreException as {@link #copy} does, and if the store is not that of a node of several
     */
    public static StoreCheck.Report copyAsSeed(Path from, Path to) {
        return copy(from, to, part -> {
            try (Connection connection = connect(part)) {
                if (!Replica.exists(connection)) {
                    throw new StoreException(
                            from
                                    + " is not the store of a node of several, so its copy cannot be the beginning of another node",
                            new SQLException("no table replica"));
                }
                Replica.makeSeed(connection);
            }
        });
    }

    /** What is done with the copy. */
    private interface Completion {
        void complete(Path part) throws SQLException;
    }

    private static StoreCheck.Report copy(Path from, Path to, Completion completion) {
        if (!Files.isRegularFile(from)) {
            throw new StoreException("there is no store " + from, new FileNotFoundException(from.toString()));
        }
        if (Files.exists(to)) {
            throw new StoreException(to + " exists already", new FileAlreadyExistsException(to.toString()));
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            copyState(from, part);
            completion.complete(part);
            StoreCheck.Report report = StoreCheck.check(part);
            if (!report.problems().isEmpty()) {
                throw new StoreException(
                        "the copy has a problem: " + report.problems().get(0), new IOException(part.toString()));
            }
            deleteEmptyFiles(part);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            return report;
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, from);
        } catch (IOException e) {
            throw new StoreException("cannot write " + to + ": " + e, e);
        }
    }

    private static void copyState(Path from, Path part) throws SQLException {
        try (Connection connection = Sqlite.readOnly(from.toAbsolutePath()).connect();
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, part.toString());
            vacuum.execute();
        }
    }

    private static void giveEpoch(Path part) throws SQLException {
        try (Connection connection = connect(part)) {
            LogRow.read(connection).withEpoch(UUID.randomUUID().toString()).write(connection);
            Replica.drop(connection);
        }
    }

    /** Makes all participants of the copy leave. */
    private static void endSessions(Path part, Instant now) throws SQLException {
        try (Connection connection = connect(part);
                LogWriter writer = new LogWriter(connect(part), Chain.end(connection, LogRow.read(connection)))) {
            RoomState state = LogReader.state(connection);
            Room room = new Room(new LamportClock(), new ParticipantRegistry(), NO_LIMITS);
            room.restore(state);
            List<Event> left = state.present().stream()
                    .map(stay -> room.apply(new Command.Leave(stay.session(), 0), Turn.at(now)))
                    .flatMap(outcome -> outcome.event().stream())
                    .toList();
            writer.write(left, List.of(), room.lamportTime());
        }
    }

    private static Connection connect(Path file) throws SQLException {
        return new Sqlite(file.toAbsolutePath(), Durability.FSYNC, UnaryOperator.identity()).connect();
    }

    /** Deletes SQLite's other files, which are empty after the last connection is closed. */
    private static void deleteEmptyFiles(Path part) throws IOException {
        for (String suffix : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
        }
    }
}
