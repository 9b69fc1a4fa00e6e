package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomLimits;
import io.chittychat.server.room.SessionId;
import io.chittychat.server.room.Turn;
import io.chittychat.text.ParticipantName;
import io.chittychat.time.LamportClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A good store passes; every kind of damage is told. */
class StoreCheckTest {

    private static final SessionId ALICE = new SessionId(1, 1);
    private static final SessionId BOB = new SessionId(2, 2);

    @TempDir
    private Path directory;

    private Path file;

    /** Alice joins at 2 and says ten things, bob joins, says ten things and leaves. */
    @BeforeEach
    void fill() {
        file = directory.resolve("chitty.db");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            List<Command<?>> commands = new ArrayList<>();
            commands.add(new Command.Join(ParticipantName.of("alice"), ALICE, Optional.empty(), 1));
            commands.add(new Command.Join(ParticipantName.of("bob"), BOB, Optional.empty(), 1));
            for (int i = 1; i <= 10; i++) {
                commands.add(new Command.Publish(ALICE, "from alice", i, 0));
                commands.add(new Command.Publish(BOB, "from bob", i, 0));
            }
            commands.add(new Command.Leave(BOB, 0));
            append(store, commands);
        }
    }

    private static void append(EventStore store, List<Command<?>> commands) {
        Room room = new Room(new LamportClock(), new ParticipantRegistry(), new RoomLimits(10, Duration.ofSeconds(5)));
        List<Event> events = new ArrayList<>();
        List<Result.Joined> joins = new ArrayList<>();
        for (Command<?> command : commands) {
            Outcome<?> outcome = room.apply(command, Turn.at(Instant.EPOCH.plusSeconds(100)));
            outcome.event().ifPresent(events::add);
            if (outcome instanceof Outcome.Accepted<?> accepted && accepted.result() instanceof Result.Joined joined) {
                joins.add(joined);
            }
        }
        store.append(events, joins, room.lamportTime());
    }

    @Test
    void goodStoreHolds() {
        assertThat(StoreCheck.check(file)).isEqualTo(new StoreCheck.Report(23, 1, List.of()));
    }

    @Test
    void storeWhoseOldestEventsWereRemovedHolds() {
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(store.remove(Instant.EPOCH, OptionalLong.of(5))).isTrue();
        }
        assertThat(StoreCheck.check(file)).isEqualTo(new StoreCheck.Report(5, 1, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM event WHERE lamport_time = 10 | event 11 follows the event at 10",
                "UPDATE event SET previous_lamport_time = 1 WHERE lamport_time = 9 | event 9 follows the event at 1",
                "UPDATE event SET participant_lamport_time = 9 WHERE lamport_time = 9 | event 9 is not after the request",
                "UPDATE event SET sequence = 1 WHERE lamport_time = 6 | event 6 repeats event 4",
                "UPDATE event SET type = 'joined' WHERE lamport_time = 6 | alice joined twice",
                "UPDATE event SET type = 'left' WHERE lamport_time = 6 | event 8: alice is not present",
                "DELETE FROM session | alice has joined and not left, but has no session",
                "UPDATE event SET type = 'published' WHERE lamport_time = 24 | bob has joined and not left",
                "DELETE FROM recent_publish WHERE slot = 3 | alice: what may be repeated",
                "UPDATE log SET lamport_time = 20 | the clock is at 20",
                "UPDATE log SET newest_event = 23 | the newest event is at 24",
            })
    void damageIsTold(String damage, String told) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(damage)).isPositive();
        }
        assertThat(StoreCheck.check(file).problems()).anyMatch(problem -> problem.contains(told));
    }

    @Test
    void overwrittenBytesAreTold() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length; i += 7) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
        StoreCheck.Report report = null;
        try {
            report = StoreCheck.check(file);
        } catch (StoreException.Damaged e) {
            assertThat(e).hasMessageContaining("is damaged");
        }
        assertThat(report == null || !report.problems().isEmpty()).isTrue();
    }

    @Test
    void missingStoreIsNotTakenForAGoodOne() {
        assertThatThrownBy(() -> StoreCheck.check(directory.resolve("other.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no store");
        assertThat(directory.resolve("other.db")).doesNotExist();
    }
}
