package io.chittychat.server.store;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomLimits;
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
 * Copies a store while a service may be using it. The copy is one state of the log, is checked from end to end, and has an
 * epoch of its own: a service that is started on it is another life of the log, in which Lamport times are given anew, so
 * a client that has read further in the life before must notice. Nobody is present in that life: everyone who was has left
 * by an event at the end of the copy, so that a name is free for its owner, whose session is one of the life before.
 */
public final class StoreBackup {

    private static final RoomLimits NO_LIMITS = new RoomLimits(Integer.MAX_VALUE, Duration.ZERO);

    private StoreBackup() {}

    /**
     * Copies a store.
     *
     * @param from the store's file
     * @param to the file to make; it appears when it is complete
     * @return what is in the copy
     * @throws StoreException if there is no store, if the copy is there already, cannot be made, or is not in order
     */
    public static StoreCheck.Report copy(Path from, Path to) {
        if (!Files.isRegularFile(from)) {
            throw new StoreException("there is no store " + from, new FileNotFoundException(from.toString()));
        }
        if (Files.exists(to)) {
            throw new StoreException(to + " is there already", new FileAlreadyExistsException(to.toString()));
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            copyState(from, part);
            giveEpoch(part);
            endSessions(part, Instant.now());
            StoreCheck.Report report = StoreCheck.check(part);
            if (!report.problems().isEmpty()) {
                throw new StoreException(
                        "the copy is not in order: " + report.problems().get(0), new IOException(part.toString()));
            }
            deleteWithoutContent(part);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            return report;
        } catch (SQLException e) {
            throw Sqlite.meaningOf(e, from);
        } catch (IOException e) {
            throw new StoreException("cannot write " + to + ": " + e, e);
        }
    }

    private static void copyState(Path from, Path part) throws SQLException {
        try (Connection connection = connect(from);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, part.toString());
            vacuum.execute();
        }
    }

    private static void giveEpoch(Path part) throws SQLException {
        try (Connection connection = connect(part)) {
            LogRow.read(connection).withEpoch(UUID.randomUUID().toString()).write(connection);
        }
    }

    /** Lets the room of the copy end them, by leaves that no request caused. */
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

    /** SQLite's other files are empty once the last connection is closed, and usually gone. */
    private static void deleteWithoutContent(Path part) throws IOException {
        for (String suffix : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
        }
    }
}
