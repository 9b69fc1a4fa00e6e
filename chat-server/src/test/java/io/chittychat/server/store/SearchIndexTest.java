package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchIndexTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int ALL = 1_000_000;

    @TempDir
    private Path directory;

    private EventStore log;
    private SearchIndex index;
    private final List<Event> said = new ArrayList<>();

    @BeforeEach
    void open() {
        log = EventStore.open(directory.resolve("chitty.db"), Durability.OS);
        index = new SearchIndex(log);
    }

    @AfterEach
    void close() {
        index.close();
        log.close();
    }

    private void say(String... texts) {
        say(texts.length, i -> texts[i]);
    }

    /** Only every second Lamport time has an event. */
    private void say(int count, IntFunction<String> text) {
        List<Event> events = new ArrayList<>();
        long newest = said.isEmpty() ? 0 : timeOf(said.get(said.size() - 1));
        for (int i = 0; i < count; i++) {
            Event.Header header =
                    new Event.Header(newest + 2, newest, 0, NOON.plusMillis(newest), new SessionId(1, 2), "alice");
            events.add(new Event.Published(header, text.apply(i), 0));
            newest += 2;
        }
        log.append(events, List.of(), newest + 1);
        said.addAll(events);
    }

    private static long timeOf(Event event) {
        return event.header().lamportTime();
    }

    private void catchUp() {
        while (index.advance()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private SearchIndex.Found find(String query) {
        return index.find(SearchQuery.of(query), Long.MAX_VALUE, ALL);
    }

    private List<String> texts(String query) {
        return find(query).events().stream().map(Event::text).toList();
    }

    private Path file() {
        return directory.resolve("chitty.db.search");
    }

    @Test
    void newIndexIsEmptyUntilItAdvances() {
        say("hello");
        assertThat(find("hello").indexedThrough()).isZero();
        catchUp();
        assertThat(texts("HELLO")).containsExactly("hello");
        assertThat(find("hello").indexedThrough()).isEqualTo(2);
        say("hello again");
        assertThat(texts("hello")).containsExactly("hello");
        catchUp();
        assertThat(texts("hello")).containsExactly("hello again", "hello");
    }

    @Test
    void existingIndexIsNotRebuilt() throws Exception {
        say(6000, i -> "message " + i);
        catchUp();
        index.close();
        Object key = Files.readAttributes(file(), "unix:ino").get("ino");
        reopen();
        catchUp();
        assertThat(Files.readAttributes(file(), "unix:ino").get("ino")).isEqualTo(key);
        assertThat(texts("message 5999")).containsExactly("message 5999");
    }

    private void reopen() {
        close();
        open();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "garbage", "cut", "scrambled", "another database"})
    void unusableIndexIsRebuilt(String damage) throws Exception {
        say(6000, i -> "message " + i);
        catchUp();
        close();
        damage(damage);
        open();
        rebuild();
        assertThat(find("message").events()).hasSize(6000);
        assertThat(texts("message 77")).hasSize(1 + 10); // 77, 770 to 779
    }

    private void damage(String how) throws Exception {
        Files.deleteIfExists(directory.resolve("chitty.db.search-wal"));
        byte[] bytes = Files.readAllBytes(file());
        switch (how) {
            case "missing" -> Files.delete(file());
            case "empty" -> Files.write(file(), new byte[0]);
            case "garbage" -> Files.writeString(file(), "no database at all ".repeat(1000));
            case "cut" -> Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2));
            case "scrambled" -> {
                byte[] noise = new byte[bytes.length - 100];
                new Random(7).nextBytes(noise);
                System.arraycopy(noise, 0, bytes, 100, noise.length);
                Files.write(file(), bytes);
            }
            default -> {
                Files.delete(file());
                try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                        var statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE progress (another INTEGER)");
                }
            }
        }
    }

    /** Advances the index as the background thread does: after a failure, it tries again. */
    private void rebuild() {
        for (int tries = 0; tries < 5; tries++) {
            find("message");
            if (catchThrowable(this::catchUp) == null
                    && find("message").indexedThrough() == timeOf(said.get(said.size() - 1))) {
                return;
            }
        }
    }

    @Test
    void indexOfAnotherLogIsRebuilt() throws IOException {
        say("hello from another log");
        catchUp();
        close();
        for (String end : List.of("", "-wal", "-shm", ".head")) {
            Files.deleteIfExists(directory.resolve("chitty.db" + end));
        }
        said.clear();
        open();
        say("nothing", "of", "it");
        catchUp();
        assertThat(texts("hello")).isEmpty();
        assertThat(texts("noth")).containsExactly("nothing");
    }

    @Test
    void indexAheadOfItsLogIsRebuilt() throws IOException {
        say("one", "two");
        log.checkpoint();
        close();
        byte[] backup = Files.readAllBytes(directory.resolve("chitty.db"));
        open();
        say("lost");
        catchUp();
        assertThat(texts("lost")).hasSize(1);
        close();
        for (String end : List.of("-wal", "-shm", ".head")) {
            Files.deleteIfExists(directory.resolve("chitty.db" + end));
        }
        Files.write(directory.resolve("chitty.db"), backup);
        said.remove(2);
        open();
        said.clear();
        catchUp();
        assertThat(find("o").indexedThrough()).isEqualTo(4);
        assertThat(texts("lost")).isEmpty();
        assertThat(texts("two")).hasSize(1);
    }

    @Test
    void removedMessagesAreNotFound() {
        say(5900, i -> "message " + i);
        say(100, i -> "message " + (5900 + i)); // in a page of their own
        catchUp();
        while (log.remove(Instant.EPOCH, OptionalLong.of(100), 500) > 0) {
            assertThat(find("message").events()).isNotEmpty();
        }
        assertThat(find("message").events()).hasSize(100);
        assertThat(find("message").continueBefore()).isZero();
        assertThat(texts("message 3")).isEmpty();
        catchUp();
        assertThat(find("message").events()).hasSize(100);
        assertThat(rows()).isEqualTo(100);
        say("message after");
        catchUp();
        assertThat(texts("message aft")).hasSize(1);
    }

    private int rows() {
        index.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM message")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM message WHERE rowid = 20",
                "INSERT INTO message (rowid, words) VALUES (21, 'message')",
                "UPDATE message SET words = 'massage 9 \ue000m \ue000ma \ue0009' WHERE rowid = 20",
                "UPDATE message SET words = '9 message \ue000m \ue000me \ue0009' WHERE rowid = 20",
                "UPDATE message SET words = 'message 9 \ue000m \ue000ma \ue0009' WHERE rowid = 20",
            })
    void indexThatDiffersFromTheLogIsNamedAndRebuilt(String difference) throws Exception {
        say(2000, i -> "message " + i);
        catchUp();
        assertThat(problem()).isEmpty();
        index.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(difference)).isPositive();
        }
        assertThat(problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("the search index " + file() + " is damaged: "));
        index = new SearchIndex(log);
        assertThat(catchThrowable(this::catchUp)).hasMessageContaining(file() + " is rebuilt: ");
        catchUp();
        assertThat(problem()).isEmpty();
        assertThat(find("message").events()).hasSize(2000);
    }

    /** What {@code verify} says of the index. */
    private Optional<String> problem() throws SQLException {
        try (KeptIndex kept = KeptIndex.of(log.file());
                Connection connection = Sqlite.readOnly(log.file()).connect()) {
            kept.begin(LogRow.read(connection));
            log.page(0, ALL).events().forEach(kept::add);
            return kept.problem();
        }
    }

    @Test
    void nextPageContinuesAfterThePageBefore() {
        say(1000, i -> (i % 3 == 0 ? "fizz " : "plain ") + i);
        catchUp();
        List<Long> found = new ArrayList<>();
        long before = Long.MAX_VALUE;
        do {
            SearchIndex.Found page = index.find(SearchQuery.of("fizz"), before, 10);
            page.events().forEach(event -> found.add(timeOf(event)));
            before = page.continueBefore();
            say("fizz newer");
            catchUp();
        } while (before > 0);
        assertThat(found)
                .isEqualTo(IntStream.iterate(999, i -> i >= 0, i -> i - 3)
                        .mapToObj(i -> 2L * i + 2)
                        .toList());
    }

    @Test
    void indexFindsTheSameMessagesAsAScan() {
        long seed = System.nanoTime();
        System.out.println("indexFindsTheSameMessagesAsAScan: seed " + seed);
        Random random = new Random(seed);
        List<String> parts = List.of(
                "a",
                "b",
                "ab",
                "abc",
                "é",
                "ß",
                "SS",
                "漢",
                "字",
                "か",
                "\u3099",
                "हि",
                "ﬁ",
                "\ufdfa",
                " ",
                " ",
                " ",
                "-",
                "\"",
                "*",
                "\u0000",
                "😀",
                "\u0301",
                "Ω",
                "1",
                "²",
                "AND",
                "\ud83c\udff4",
                "ſ",
                "\u0345",
                "𞤀",
                "ⅷ");
        IntFunction<String> some = most -> IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(i -> parts.get(random.nextInt(parts.size())))
                .reduce("", String::concat);
        say(1000, i -> some.apply(12));
        catchUp();
        for (int i = 0; i < 300; i++) {
            SearchQuery query = SearchQuery.of(some.apply(3));
            if (!query.terms().isEmpty()) {
                List<Event> expected = new ArrayList<>(said.stream()
                        .filter(event -> query.matches(event.text()))
                        .toList());
                Collections.reverse(expected);
                assertThat(index.find(query, Long.MAX_VALUE, ALL).events())
                        .as("%s, seed %d", query, seed)
                        .isEqualTo(expected);
            }
        }
    }
}
