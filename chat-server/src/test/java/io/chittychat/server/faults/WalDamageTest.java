package io.chittychat.server.faults;

import static io.chittychat.server.store.Commands.attach;
import static io.chittychat.server.store.Commands.join;
import static io.chittychat.server.store.Commands.leave;
import static io.chittychat.server.store.Commands.publish;
import static io.chittychat.server.store.Commands.repeatableJoin;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.StoredState;
import io.chittychat.server.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the end of the write-ahead log lost: batches are there as a whole, up to the last complete one. */
class WalDamageTest {

    private static final List<List<Command<?>>> BATCHES = List.of(
            List.of(repeatableJoin("alice", 1, 1), join("bob", 2)),
            List.of(publish(1, 1), publish(2, 1), publish(1, 2)),
            List.of(publish(2, "x".repeat(600), 2), leave(2)),
            List.of(attach(1)),
            List.of(repeatableJoin("bob", 3, 2), publish(3, 1), publish(1, 3), leave(1)));
    private static final int FIRST = 2; // batch of which bytes are lost

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final List<StoredState> states = new ArrayList<>(); // after so many batches
    private final List<Integer> lengths = new ArrayList<>(); // of the write-ahead log, after so many batches
    private byte[] database;
    private byte[] wal;

    @BeforeEach
    void record() throws IOException {
        Path file = Stores.newOfSmallPages(directory.resolve("chitty.db"));
        try (EventStore store = Stores.open(file)) {
            RecordedRoom room = new RecordedRoom(store);
            states.add(StoredState.of(store));
            lengths.add(0);
            for (List<Command<?>> batch : BATCHES) {
                room.batch(batch);
                states.add(StoredState.of(store));
                lengths.add((int) Files.size(Stores.wal(file)));
            }
            database = Files.readAllBytes(file);
            wal = Files.readAllBytes(Stores.wal(file));
        }
        assertThat(lengths).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void logCutOffAnywhereIsThatOfTheLastCompleteBatch() {
        IntStream.rangeClosed(lengths.get(FIRST), wal.length)
                .parallel()
                .forEach(length -> assertThat(StoredState.read(image(Arrays.copyOf(wal, length))))
                        .as("cut off after %d bytes", length)
                        .isEqualTo(states.get(complete(length))));
    }

    @Test
    void storeOpensAndGoesOnWhereverItsLogIsCutOff() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int length = lengths.get(FIRST) + random.nextInt(wal.length - lengths.get(FIRST));
            try (EventStore store = Stores.open(image(Arrays.copyOf(wal, length)))) {
                StoredState expected = states.get(complete(length));
                assertThat(StoredState.of(store))
                        .as("seed %d, cut off after %d bytes", seed, length)
                        .isEqualTo(expected);
                new RecordedRoom(store).accepted(join("carol", 4));
                StoredState after = StoredState.of(store);
                after.assertChained();
                assertThat(after.events()).hasSize(expected.events().size() + 1);
            }
        }
    }

    @Test
    void changedByteEndsTheLogBeforeItsBatch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            int at = lengths.get(FIRST) + random.nextInt(wal.length - lengths.get(FIRST));
            byte[] changed = wal.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(StoredState.read(image(changed)))
                    .as("seed %d, byte %d changed", seed, at)
                    .isEqualTo(states.get(complete(at)));
        }
    }

    /** How many batches are complete in so many bytes. */
    private int complete(int length) {
        int batches = 0;
        while (batches + 1 < lengths.size() && lengths.get(batches + 1) <= length) {
            batches++;
        }
        return batches;
    }

    /** The store with that write-ahead log; each thread has one. */
    private Path image(byte[] log) {
        Path file = directory.resolve("image-" + Thread.currentThread().getId() + ".db");
        try {
            Files.write(file, database);
            Files.write(Stores.wal(file), log);
            Stores.forgetHead(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
