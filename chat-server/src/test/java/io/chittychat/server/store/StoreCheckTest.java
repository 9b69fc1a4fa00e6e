package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.Outcome;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Result;
import io.chittychat.server.room.Room;
import io.chittychat.server.room.RoomState;
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

/** The check finds every kind of damage, and no problem in an intact store. */
class StoreCheckTest {

    private static final SessionId ALICE = new SessionId(1, 1);
    private static final SessionId BOB = new SessionId(2, 2);

    @TempDir
    private Path directory;

    private Path file;

    /** Alice joins at 2 and publishes ten messages; bob joins, publishes ten messages and leaves. */
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
            store.mark();
        }
    }

    private static void append(EventStore store, List<Command<?>> commands) {
        Room room = new Room(new LamportClock(), new ParticipantRegistry(), new Room.Limits(10, Duration.ofSeconds(5)));
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
    void intactStoreHasNoProblem() {
        assertHolds(23);
    }

    @Test
    void storeWithoutItsOldestEventsHasNoProblem() {
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(store.remove(Instant.EPOCH, OptionalLong.of(5), 500)).isPositive();
        }
        assertHolds(5);
    }

    @Test
    void sessionWhoseJoinWasRemovedRemembersWhatItsEventsTell() throws SQLException {
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(store.remove(Instant.EPOCH, OptionalLong.of(5), 500)).isPositive();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            LogRow log = LogRow.read(connection);
            RoomState.Stay alice = Sessions.find(connection, ALICE).orElseThrow();
            assertThat(alice.joinedLamportTime()).isLessThanOrEqualTo(log.removedThrough());
            Sessions.delete(connection, ALICE);
            List<RoomState.RecentPublish> less = alice.publishes().recent().subList(0, 9); // without the newest
            Digest all = Sessions.write(connection, alice.with(new RoomState.Publishes(0, less)));
            log.withMark(log.markedThrough(), all).write(connection);
        }
        assertThat(problems()).containsExactly("the session of alice does not follow from its events");
    }

    private void assertHolds(long events) {
        StoreCheck.Report report = StoreCheck.check(file);
        assertThat(report.problems()).isEmpty();
        assertThat(report.events()).isEqualTo(events);
        assertThat(report.present()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM event WHERE lamport_time = 10 | event 10 is missing",
                "DELETE FROM event WHERE lamport_time = 24 | the session table includes events up to 24",
                "UPDATE event SET text = 'from alicf' WHERE lamport_time = 6 | event 6 is not what was recorded",
                "UPDATE event SET participant = 'alicf' WHERE lamport_time = 6 | event 6 is not what was recorded",
                "UPDATE event SET recorded_at = recorded_at + 1 WHERE lamport_time = 6 | event 6 is not what was recorded",
                "UPDATE event SET session_id = x'00' WHERE lamport_time = 6 | event 6 cannot be read",
                "UPDATE event SET digest = x'00' WHERE lamport_time = 6 | event 6 has no digest",
                "UPDATE event SET name_key = 'alicf' WHERE lamport_time = 2 | event 2 is not what was recorded",
                "UPDATE event SET text = 'Participant alice has left' WHERE lamport_time = 2 | event 2 has another type",
                "UPDATE event SET previous_lamport_time = 1 WHERE lamport_time = 9 | event 9 says that it comes after event 1",
                "UPDATE event SET participant_lamport_time = 9 WHERE lamport_time = 9 | event 9 is not after the request",
                "UPDATE event SET type = 'left' WHERE lamport_time = 6 | event 6 has another type",
                "DELETE FROM session | a session is missing",
                "UPDATE session SET participant = 'bob' | the session of bob is not what was recorded",
                "UPDATE session SET recent_publishes = x'' | the session of alice is not what was recorded",
                "UPDATE session SET recent_publishes = x'01' | a session cannot be read",
                "UPDATE log SET lamport_time = 20 | the log's row",
                "UPDATE log SET epoch = 'e' | the log's row",
                "DELETE FROM log | the log has no row",
            })
    void damageIsReported(String damage, String told) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(damage)).isPositive();
        }
        assertThat(problems()).anyMatch(problem -> problem.contains(told));
    }

    private List<String> problems() {
        try {
            return StoreCheck.check(file).problems();
        } catch (StoreException.Damaged e) {
            return List.of(e.getMessage());
        }
    }

    @Test
    void damagedEventsAreReportedInOrder() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE event SET text = 'x' WHERE lamport_time IN (9, 7, 20)");
        }
        assertThat(problems())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo(
                        "event 7 is not what was recorded: its digest does not fit (it is event number 6 in the file)");
    }

    /** Such a log has a problem, even if all its digests are right. */
    @Test
    void eventsThatNoRoomAppendsAreReported() {
        Path wrong = directory.resolve("wrong.db");
        try (EventStore store = EventStore.open(wrong, Durability.OS)) {
            Event.Header one = header(1, 0);
            Event.Header two = header(2, 1);
            Event.Header three = header(3, 2);
            Event.Header four = header(4, 3);
            Event.Header five = header(5, 4);
            Result.Joined join = new Result.Joined(ALICE, ParticipantName.of("alice"), 2, Optional.empty(), false);
            store.append(
                    List.of(
                            new Event.Published(one, "too early", 0),
                            new Event.Joined(two),
                            new Event.Published(three, "once", 7),
                            new Event.Published(four, "twice", 7),
                            new Event.Joined(five)),
                    List.of(join, join),
                    5);
        }
        assertThat(StoreCheck.check(wrong).problems())
                .containsExactly(
                        "event 1: alice is not present",
                        "event 4 repeats event 3 of alice, sequence 7",
                        "event 5: alice joined twice");
    }

    private static Event.Header header(long time, long previous) {
        return new Event.Header(time, previous, 0, Instant.EPOCH, ALICE, "alice");
    }

    @Test
    void logWithItsEarlierHeadHasNoProblem() {
        Head head = StoreCheck.head(file);
        assertThat(Head.parse(head.toString())).contains(head);
        assertThat(StoreCheck.check(file).head()).isEqualTo(head);
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            RecordedRoom room = new RecordedRoom(store);
            room.accepted(new Command.Publish(ALICE, "more", 0, 0));
        }
        assertThat(against(head)).isEmpty();
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(store.remove(Instant.EPOCH, OptionalLong.of(2), 500)).isPositive();
        }
        assertThat(against(head)).isEmpty();
    }

    @Test
    void logWithoutItsEarlierHeadIsReported() {
        Head head = StoreCheck.head(file);
        Head later = new Head(head.epoch(), head.lamportTime() + 7, head.digest());
        Head other = new Head(head.epoch(), head.lamportTime(), new Digest(1, 2));
        assertThat(against(later)).containsExactly("it had events up to Lamport time 31, and now ends with event 24");
        assertThat(against(other)).containsExactly("event 24, or an event before it, is not the one that it had");
    }

    private List<String> against(Head head) {
        return StoreCheck.check(file, Optional.of(head), events -> {}).problems();
    }

    @Test
    void overwrittenBytesAreReported() throws IOException {
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
    void missingStoreIsAnError() {
        assertThatThrownBy(() -> StoreCheck.check(directory.resolve("other.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no store");
        assertThat(directory.resolve("other.db")).doesNotExist();
    }
}
