package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever batches the events come in, and through whatever windows they are read, they are those that were recorded.
 *
 * <p>{@code -Dchitty.seed=N} repeats a run.
 */
class PagePropertyTest {

    private static final int[] SIZES = {1, 2, 127, 128, 129, 255, 256, 257, 4096};
    private static final String LONGEST = "\uD83D\uDC4B".repeat(128);
    private static final List<String> TEXTS = List.of(
            "a",
            "\0",
            "\"\\/\b\f\n\r\t'",
            "\u0001\u001f\u007f\u0085",
            "\u2028\u2029",
            LONGEST,
            "\0".repeat(128),
            "],[0,\"");

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final List<Event> model = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 256, 257, 4096})
    void batchIsReadAsItWasWritten(int size) {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        Random random = new Random(size);
        try (EventStore store = Stores.open(file)) {
            append(store, random, 3);
            append(store, random, size);
            append(store, random, 1);
            assertThat(store.count()).isEqualTo(size + 4);
        }
        try (EventStore store = Stores.open(file)) {
            assertThat(store.page(0, Integer.MAX_VALUE).events()).isEqualTo(model);
            assertThat(store.at(model.stream().map(PagePropertyTest::time).toList()))
                    .isEqualTo(model);
        }
    }

    /** Pages are bounded in bytes, too, so that a reader decodes little at once. */
    @Test
    void longestTextsMakeSmallerPages() {
        try (EventStore store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")))) {
            List<Event> events = IntStream.range(0, 256)
                    .mapToObj(i -> next(i + 1, i, "\0".repeat(128), 0))
                    .toList();
            store.append(events, List.of(), 256);
            assertThat(store.page(0, 300).events()).isEqualTo(events);
        }
        assertThat(Stores.longs(directory.resolve("chitty.db"), "SELECT length(events) FROM page"))
                .hasSizeGreaterThan(6)
                .allMatch(length -> length < 34_000);
    }

    @Test
    void anyWindowIsThatOfTheModel() {
        long seed = Long.getLong("chitty.seed", System.nanoTime());
        Random random = new Random(seed);
        String as = "seed " + seed;
        try (EventStore store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")))) {
            for (int round = 0; round < 8; round++) {
                for (int batch = 0; batch < 6; batch++) {
                    int size = random.nextInt(3) == 0 ? SIZES[random.nextInt(SIZES.length)] : 1 + random.nextInt(300);
                    append(store, random, size);
                }
                store.mark();
                long removed = removeSome(store, random);
                for (int i = 0; i < 40; i++) {
                    assertWindow(as, store, random, removed);
                }
            }
            assertThat(store.page(0, Integer.MAX_VALUE).events()).as(as).isEqualTo(model);
        }
        assertThat(StoreCheck.check(directory.resolve("chitty.db")).head().lamportTime())
                .as(as)
                .isEqualTo(time(model.get(model.size() - 1)));
    }

    private long removeSome(EventStore store, Random random) {
        int most = 1 + random.nextInt(2 * model.size());
        int removed = store.remove(Instant.EPOCH, OptionalLong.of(most), 1 + random.nextInt(1000));
        assertThat(model.size() - removed).isGreaterThanOrEqualTo(Math.min(most, model.size()));
        model.subList(0, removed).clear();
        assertThat(store.oldest()).hasValue(time(model.get(0)));
        return store.removedThrough();
    }

    private void assertWindow(String as, EventStore store, Random random, long removed) {
        long newest = time(model.get(model.size() - 1));
        long cursor = removed + (long) (random.nextDouble() * (newest + 3 - removed));
        int limit = 1 + random.nextInt(random.nextBoolean() ? 10 : 700);
        assertThat(store.page(cursor, limit).events())
                .as(as)
                .isEqualTo(model.stream()
                        .filter(event -> time(event) > cursor)
                        .limit(limit)
                        .toList());
        List<Event> before =
                model.stream().filter(event -> time(event) < cursor).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(before);
        assertThat(store.before(cursor, limit))
                .as(as)
                .isEqualTo(before.stream().limit(limit).toList());
        List<Long> times = random.longs(5, cursor, newest + 2)
                .boxed()
                .sorted(Collections.reverseOrder())
                .toList();
        assertThat(store.at(times))
                .as(as)
                .isEqualTo(times.stream()
                        .flatMap(time -> model.stream().filter(event -> time(event) == time))
                        .toList());
    }

    private void append(EventStore store, Random random, int size) {
        List<Event> events = new ArrayList<>();
        long previous = model.isEmpty() ? 0 : time(model.get(model.size() - 1));
        for (int i = 0; i < size; i++) {
            long time = previous + 1 + (random.nextInt(4) == 0 ? random.nextInt(1000) : 0);
            String text = random.nextInt(5) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : "text " + time;
            events.add(next(time, previous, text, random.nextBoolean() ? 0 : random.nextLong()));
            previous = time;
        }
        store.append(events, List.of(), previous);
        model.addAll(events);
    }

    private static Event next(long time, long previous, String text, long sequence) {
        Event.Header header = new Event.Header(
                time,
                previous,
                time - 1,
                Instant.ofEpochSecond(time, 1000 * (time % 7)),
                new SessionId(time, -time),
                "zoë");
        return new Event.Published(header, text, sequence);
    }

    private static long time(Event event) {
        return event.header().lamportTime();
    }
}
