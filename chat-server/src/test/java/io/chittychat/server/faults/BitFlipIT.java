package io.chittychat.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import io.chittychat.server.room.RoomState;
import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoreCheck;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.store.StoredState;
import io.chittychat.server.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store whose files are not what was written: bits flipped anywhere, or a file that ends at any page. It is either as good as before
 * or found, when it is opened, read or checked; nothing that was not recorded is shown, and nothing is missing in silence.
 *
 * <p>{@code -Dchitty.flips=N} sets the number of damaged stores, {@code -Dchitty.seed=N} repeats one.
 */
class BitFlipIT {

    private static final int PAGE = 100; // events

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final Map<String, byte[]> files = new TreeMap<>(); // by the end of their names
    private List<Event> events;
    private RoomState room;

    /** A store in all its states: events in the main file and in the write-ahead log, sessions marked and not. */
    @BeforeEach
    void record() throws IOException {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (EventStore store = Stores.open(file)) {
            RecordedRoom recorded = new RecordedRoom(store);
            recorded.batch(conversation(1, 1200));
            store.checkpoint();
            recorded.batch(conversation(4, 150));
            recorded.batch(List.of(Commands.leave(1), Commands.repeatableJoin("zoë", 9, 9), Commands.attach(9)));
            StoredState state = StoredState.of(store);
            events = state.events();
            room = state.room();
            for (String end : List.of("", "-wal")) {
                files.put(end, Files.readAllBytes(directory.resolve("chitty.db" + end)));
            }
        }
        files.put(".head", (StoreCheck.head(file) + "\n").getBytes());
        assertThat(events).hasSizeGreaterThan(1300);
        assertThat(files.get("-wal").length).isGreaterThan(4 * 4096);
    }

    private static List<Command<?>> conversation(long session, int messages) {
        List<Command<?>> commands = new ArrayList<>();
        commands.add(Commands.repeatableJoin("p" + session, session, session));
        commands.add(Commands.join("q" + session, session + 1));
        for (int i = 1; i <= messages; i++) {
            commands.add(Commands.publish(session + i % 2, i));
        }
        return commands;
    }

    @Test
    void flippedBitsAreHarmlessOrFound() {
        Long one = Long.getLong("chitty.seed");
        long first = one != null ? one : System.nanoTime();
        long[] seeds = LongStream.range(first, first + (one != null ? 1 : Integer.getInteger("chitty.flips", 500)))
                .toArray();
        long found =
                Arrays.stream(seeds).parallel().filter(this::isFoundWithSeed).count();
        System.out.println("BitFlipIT: seeds from " + first + ", " + seeds.length + " damaged stores, " + found
                + " of them found, the others harmless");
        assertThat(one != null || found > seeds.length / 2).isTrue();
    }

    private boolean isFoundWithSeed(long seed) {
        Random random = new Random(seed);
        String end = random.nextInt(3) == 0 ? "-wal" : "";
        byte[] changed = files.get(end).clone();
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
            return isFound("seed " + seed + ", " + end, end, changed);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void filesThatEndAtAnyPageAreFound() {
        for (String end : List.of("", "-wal")) {
            byte[] whole = files.get(end);
            int header = end.isEmpty() ? 0 : 32;
            int page = end.isEmpty() ? 4096 : 4096 + 24;
            long found = LongStream.range(0, whole.length / page)
                    .parallel()
                    .filter(pages -> {
                        int length = Math.min(header + (int) pages * page, whole.length);
                        return isFound(end + " ends after " + length + " bytes", end, Arrays.copyOf(whole, length));
                    })
                    .count();
            System.out.println("BitFlipIT: chitty.db" + end + " ended at " + whole.length / page + " pages, " + found
                    + " of them found, the others harmless");
            assertThat(found).isGreaterThan(end.isEmpty() ? whole.length / page - 1 : 4); // an older one left the rest
        }
    }

    /** Whether what is wrong with a store is found; fails if it is not found and not harmless. */
    private boolean isFound(String what, String end, byte[] changed) {
        Path image = directory.resolve(what.replaceAll("[^a-z0-9]", "_"));
        try {
            Files.createDirectory(image);
            Path file = image.resolve("chitty.db");
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                Files.write(
                        image.resolve("chitty.db" + each.getKey()),
                        each.getKey().equals(end) ? changed : each.getValue());
            }
            boolean found = isFoundByReading(what, file);
            boolean told = isToldByCheck(file);
            assertThat(told || !found)
                    .as(what + ": what is found is told by the check")
                    .isTrue();
            return found || told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Stores.delete(image);
        }
    }

    private boolean isFoundByReading(String what, Path file) {
        try (EventStore store = Stores.open(file)) {
            boolean found = false;
            for (int i = 0; i < events.size(); i += PAGE) {
                found |= isFound(what, store, i);
            }
            try {
                assertThat(store.recorded()).as(what).isEqualTo(room);
            } catch (StoreException e) {
                found = true;
            }
            return found;
        } catch (StoreException e) {
            assertThat(e).as(what).hasMessageContaining("the store");
            return true;
        }
    }

    /** Reads so many events from one on, in as many pages as it takes. */
    private boolean isFound(String what, EventStore store, int from) {
        int end = Math.min(from + PAGE, events.size());
        int at = from;
        try {
            while (at < end) {
                long after = at == 0 ? 0 : events.get(at - 1).header().lamportTime();
                List<Event> page = store.page(after, end - at).events();
                assertThat(page).as(what + ": events are missing in silence").isNotEmpty();
                assertThat(events.subList(at, end)).as(what).startsWith(page.toArray(new Event[0]));
                at += page.size();
            }
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    private static boolean isToldByCheck(Path file) {
        try {
            return !StoreCheck.check(file).problems().isEmpty();
        } catch (StoreException e) {
            return true;
        }
    }
}
