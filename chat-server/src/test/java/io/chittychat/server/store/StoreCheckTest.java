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
        fill(directory.resolve("chitty.db"), 23);
    }

    /** Fills a store with these events in two pages: the last five have their own. */
    private void fillTwoPages() {
        fill(directory.resolve("pages.db"), 18);
    }

    private void fill(Path store, int first) {
        file = store;
        try (EventStore opened = EventStore.open(file, Durability.OS)) {
            List<Command<?>> commands = new ArrayList<>();
            commands.add(new Command.Join(ParticipantName.of("alice"), ALICE, Optional.empty(), 1));
            commands.add(new Command.Join(ParticipantName.of("bob"), BOB, Optional.empty(), 1));
            for (int i = 1; i <= 10; i++) {
                commands.add(new Command.Publish(ALICE, "from alice", i, 0));
                commands.add(new Command.Publish(BOB, "from bob", i, 0));
            }
            commands.add(new Command.Leave(BOB, 0));
            append(opened, commands, first);
            opened.mark();
        }
    }

    private static void append(EventStore store, List<Command<?>> commands, int first) {
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
        store.append(
                events.subList(0, first), joins, events.get(first - 1).header().lamportTime());
        store.append(events.subList(first, events.size()), List.of(), room.lamportTime());
    }

    @Test
    void intactStoreHasNoProblem() {
        assertHolds(23);
    }

    @Test
    void storeWithoutItsOldestEventsHasNoProblem() {
        fillTwoPages();
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            assertThat(store.remove(Instant.EPOCH, OptionalLong.of(5), 500)).isPositive();
        }
        assertHolds(5);
    }

    @Test
    void sessionWhoseJoinWasRemovedRemembersWhatItsEventsTell() throws SQLException {
        fillTwoPages();
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
            delimiter = ';',
            value = {
                "DELETE event 10 ; event 10 is missing",
                "DELETE event 24 ; event 24 is missing",
                "DELETE FROM page ; the session table includes events up to 24",
                "event 6: text = 'from alicf' ; event 6 is not what was recorded",
                "event 6: participant = 'alicf' ; event 6 is not what was recorded",
                "event 6: recorded_at = 100000001 ; event 6 is not what was recorded",
                "event 6: recorded_at = 1e8 ; event 6 cannot be read",
                "event 6: recorded_at = 9223372036854775807 ; event 6 is not what was recorded",
                "event 6: session_id = zeroblob(16) ; event 6 is not what was recorded",
                "event 6: digest = zeroblob(16) ; event 6 is not what was recorded",
                "event 6: digest = x'00' ; event 6 is not what was recorded",
                "event 6: participant = NULL ; event 6 cannot be read",
                "event 6: sequence = 'one' ; event 6 cannot be read",
                "event 6: lamport_time = 7 ; event 7 is not what was recorded",
                "event 6: name_key = 'alice' ; event 6 cannot be read",
                "event 2: name_key = 'alicf' ; event 2 is not what was recorded",
                "event 2: name_key = NULL ; event 2 cannot be read",
                "event 2: token_salt = '00' ; event 2 cannot be read",
                "event 2: token_salt = 'zz' ; event 2 cannot be read",
                "event 2: text = 'Participant alice has left' ; event 2 has another type",
                "event 9: previous_lamport_time = 1 ; event 9 says that it comes after event 1",
                "event 9: participant_lamport_time = 9 ; event 9 is not after the request",
                "event 6: type = 'left' ; event 6 has another type",
                "event 24: lamport_time = 25 ; event 24 is not the end of its page",
                "UPDATE page SET through = 25 ; event 25 is missing",
                "UPDATE page SET through = 23 ; event 23 is not the end of its page",
                "UPDATE page SET digests = substr(digests, 1, 32 * 22) ; event 24 has no digest",
                "UPDATE page SET digests = digests || zeroblob(32) ; event 24 is not the end of its page",
                "UPDATE page SET digests = x'' ; event 2 has no digest",
                "UPDATE page SET events = '' ; the page that ends with event 24 cannot be read",
                "UPDATE page SET events = '[]' ; event 24 is missing",
                "UPDATE page SET events = events || ']' ; event 24 cannot be read: it is not JSON",
                "UPDATE page SET events = replace(events, '[6,', '[,') ; what follows event 5, up to event 24, cannot be read",
                "UPDATE page SET events = replace(events, '[6,', '[[6,') ; what follows event 5, up to event 24, cannot be read",
                "UPDATE page SET events = substr(events, 1, 500) ; , up to event 24, cannot be read",
                "UPDATE page SET events = substr(events, 1, length(events) - 3) ; event 24 cannot be read",
                "UPDATE page SET events = CAST(replace(CAST(events AS BLOB), x'62', x'ff') AS TEXT) ; event 3 cannot be read",
                "INSERT INTO page SELECT 30, digests, events FROM page ; event 2 says that it comes after event 0, but it comes after 24",
                "DELETE FROM session ; a session is missing",
                "UPDATE session SET participant = 'bob' ; the session of bob is not what was recorded",
                "UPDATE session SET recent_publishes = x'' ; the session of alice is not what was recorded",
                "UPDATE session SET recent_publishes = x'01' ; a session cannot be read",
                "UPDATE log SET lamport_time = 20 ; the log's row",
                "UPDATE log SET epoch = 'e' ; the log's row",
                "DELETE FROM log ; the log has no row",
            })
    void damageIsReported(String damage, String told) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql(damage))).isPositive();
        }
        assertThat(problems()).anyMatch(problem -> problem.contains(told));
    }

    private static String sql(String damage) {
        String[] words = damage.split("[ :=]+", 4);
        return switch (words[0] + (words[1].equals("event") ? " " + words[1] : "")) {
            case "event" -> Stores.set(Long.parseLong(words[1]), words[2], words[3]);
            case "DELETE event" -> Stores.delete(Long.parseLong(words[2]));
            default -> damage;
        };
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
            for (int time : new int[] {9, 7, 20}) {
                statement.executeUpdate(Stores.set(time, "text", "'x'"));
            }
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
        fillTwoPages();
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
