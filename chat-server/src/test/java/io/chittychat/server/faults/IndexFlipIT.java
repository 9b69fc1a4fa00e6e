package io.chittychat.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.store.Stores;
import io.chittychat.text.SearchQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search index whose files are not what was written: bits flipped anywhere, or a file that ends at any page. Only what was said is
 * found, each message once, the newest first. Either {@code verify} names the index and the service makes it anew, or everything is
 * found.
 *
 * <p>{@code -Dchitty.flips=N} sets the number of damaged indexes, {@code -Dchitty.seed=N} repeats one.
 */
class IndexFlipIT {

    private static final int FIRST = 500; // messages in the main file
    private static final int SECOND = 50; // messages in the write-ahead log
    private static final int PAGE = 100; // messages
    private static final int STEPS = 3; // of the background: damage is found, a new index is begun, and follows
    private static final List<String> FIXED = List.of("said", "blue w", "whale 3", "r", "sa", "鲸 7", "藍鯨");
    private static final int RANDOM = 6; // queries

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final Map<String, byte[]> files = new TreeMap<>(); // by the end of their names
    private final List<Event> said = new ArrayList<>(); // the newest first
    private EventStore log;
    private int rebuilt;
    private int named;

    /** An index in all its states: messages in the main file and in the write-ahead log. */
    @BeforeEach
    void record() throws IOException {
        log = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")));
        RecordedRoom room = new RecordedRoom(log);
        room.accepted(Commands.join("alice", 1));
        say(room, 1, FIRST);
        try (SearchIndex index = new SearchIndex(log)) {
            follow(index);
        }
        say(room, FIRST + 1, SECOND);
        try (SearchIndex index = new SearchIndex(log)) {
            follow(index);
            for (String end : List.of("", "-wal")) {
                files.put(end, Files.readAllBytes(file(end)));
            }
        }
        said.addAll(log.before(Long.MAX_VALUE, FIRST + SECOND));
        assertThat(files.get("").length).isGreaterThan(4 * 4096);
        assertThat(files.get("-wal").length).isGreaterThan(3 * 4096);
    }

    private static void say(RecordedRoom room, int first, int count) {
        List<Command<?>> commands = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            String text = (i % 3 == 0 ? "blue whale " : i % 3 == 1 ? "Blue wren 藍鯨 " : "réd 鲸 ") + i + " was said";
            commands.add(Commands.publish(1, text, i));
        }
        room.batch(commands);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Path file(String end) {
        return directory.resolve("chitty.db.search" + end);
    }

    @Test
    void flippedBitsNeverShowWhatWasNotSaid() throws IOException {
        Long one = Long.getLong("chitty.seed");
        long first = one != null ? one : System.nanoTime();
        int count = one != null ? 1 : Integer.getInteger("chitty.flips", 40);
        for (long seed = first; seed < first + count; seed++) {
            Random random = new Random(seed);
            String end = random.nextInt(3) == 0 ? "-wal" : "";
            byte[] changed = files.get(end).clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            check("seed " + seed + ", " + end, end, changed, random);
        }
        report(count + " indexes with flipped bits, seeds from " + first);
        assertThat(named).isEqualTo(rebuilt);
    }

    @Test
    void fileThatEndsAtAnyPageIsMadeAnew() throws IOException {
        int count = 0;
        for (String end : List.of("", "-wal")) {
            byte[] whole = files.get(end);
            int header = end.isEmpty() ? 0 : 32;
            int page = end.isEmpty() ? 4096 : 4096 + 24;
            for (int length = header; length < whole.length; length += page) {
                check(end + " ends after " + length + " bytes", end, Arrays.copyOf(whole, length), new Random(length));
                count++;
            }
        }
        report(count + " indexes that end at a page");
    }

    private void report(String what) {
        System.out.printf("IndexFlipIT: %s: verify named %d, %d were made anew%n", what, named, rebuilt);
    }

    private void check(String what, String end, byte[] changed, Random random) throws IOException {
        Files.deleteIfExists(file("-shm"));
        for (Map.Entry<String, byte[]> each : files.entrySet()) {
            Files.write(file(each.getKey()), each.getKey().equals(end) ? changed : each.getValue());
        }
        List<SearchQuery> queries = queries(random);
        try {
            List<String> problems = StoreCheck.check(log.file()).problems();
            assertThat(problems).as(what).allMatch(problem -> problem.startsWith("the search index " + file("")));
            boolean told = false;
            boolean whole = false;
            try (SearchIndex index = new SearchIndex(log)) {
                for (int step = 0; step < STEPS && !whole; step++) {
                    try {
                        follow(index);
                    } catch (StoreException e) {
                        assertThat(e).as(what).hasMessageContaining("the search index");
                        told = true;
                    }
                    whole = isWhole(what, index, queries);
                }
            }
            assertThat(whole).as("%s: everything is found", what).isTrue();
            rebuilt += told ? 1 : 0;
            named += problems.isEmpty() ? 0 : 1;
            if (told == problems.isEmpty()) {
                System.out.println("IndexFlipIT: " + what + ": verify " + problems + ", service " + told);
            }
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    private List<SearchQuery> queries(Random random) {
        List<SearchQuery> queries = new ArrayList<>();
        FIXED.forEach(text -> queries.add(SearchQuery.of(text)));
        for (int i = 0; i < RANDOM; i++) {
            String[] words = said.get(random.nextInt(said.size())).text().split(" ");
            String word = words[random.nextInt(words.length)];
            String beginning = word.substring(0, 1 + random.nextInt(word.length()));
            queries.add(SearchQuery.of((random.nextBoolean() ? words[0] + " " : "") + beginning));
        }
        return queries;
    }

    private static void follow(SearchIndex index) {
        while (index.advance()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** Whether it finds everything; fails if it finds what was not said, or not in order. */
    private boolean isWhole(String what, SearchIndex index, List<SearchQuery> queries) {
        boolean whole = true;
        for (SearchQuery query : queries) {
            List<Event> expected = said.stream()
                    .filter(event -> event instanceof Event.Published && query.matches(event.text()))
                    .toList();
            List<Event> found = new ArrayList<>();
            long before = Long.MAX_VALUE;
            while (before > 0) {
                SearchIndex.Found page = index.find(query, before, PAGE);
                assertThat(page.continueBefore()).as("%s: goes on", what).isLessThan(before);
                found.addAll(page.events());
                before = page.continueBefore();
            }
            List<Event> inOrder =
                    expected.stream().filter(new HashSet<>(found)::contains).toList();
            assertThat(found).as(what).isEqualTo(inOrder);
            whole &= found.equals(expected);
        }
        return whole;
    }
}
