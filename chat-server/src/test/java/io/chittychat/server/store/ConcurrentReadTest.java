package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.room.Command;
import io.chittychat.server.room.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers, the writer and the keeper of one store at the same time. */
@Timeout(60)
class ConcurrentReadTest {

    private static final int READERS = 6; // more than there are connections kept
    private static final int BATCHES = 300;
    private static final int BATCH = 20;
    private static final long NEWEST = 1 + BATCHES * BATCH;

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    @Test
    void readersSeeNoGapDuringWritesAndCheckpoints() throws Exception {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        long before = Files.size(file);
        try (EventStore store = Stores.open(file)) {
            List<Long> read = whileWriting(store, () -> readToEnd(store), store::checkpoint);
            assertThat(read).hasSize(READERS).containsOnly(NEWEST);
            store.checkpoint();
            assertThat(Files.size(file)).isGreaterThan(before);
        }
    }

    @Test
    void readerLearnsThatRetentionHasOvertakenIt() throws Exception {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (EventStore store = Stores.open(file)) {
            Runnable upkeep = () -> {
                store.remove(Instant.EPOCH, OptionalLong.of(200), 500);
                store.checkpoint();
            };
            List<Long> read = whileWriting(store, () -> readToEnd(store), upkeep);
            assertThat(read).hasSize(READERS).containsOnly(NEWEST);
        }
    }

    /** Reads the log to its end. Each event must follow the one before, or its page must report a gap. */
    private static long readToEnd(EventStore store) {
        long cursor = 0;
        while (cursor < NEWEST) {
            EventStore.Page page = store.page(cursor, 37);
            for (Event event : page.events()) {
                long previous = event.header().previousLamportTime();
                if (previous != cursor) {
                    assertThat(previous).isEqualTo(page.removedThrough()).isGreaterThan(cursor);
                }
                cursor = event.header().lamportTime();
            }
        }
        return cursor;
    }

    /** Runs readers while batches are written and the keeper works. Returns the results of the readers. */
    private static List<Long> whileWriting(EventStore store, Callable<Long> reader, Runnable upkeep)
            throws InterruptedException, ExecutionException, IOException {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        CountDownLatch written = new CountDownLatch(1);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader));
            }
            Future<?> keeper = threads.submit(() -> {
                while (written.getCount() > 0) {
                    upkeep.run();
                }
            });
            write(store);
            written.countDown();
            keeper.get();
            List<Long> results = new ArrayList<>();
            for (Future<Long> one : readers) {
                results.add(one.get());
            }
            return results;
        } finally {
            written.countDown();
            threads.shutdownNow();
        }
    }

    private static void write(EventStore store) {
        RecordedRoom room = new RecordedRoom(store);
        room.accepted(Commands.join("alice", 1));
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Command<?>> commands = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                commands.add(Commands.publish(1, batch * BATCH + i + 1));
            }
            room.batch(commands);
        }
    }
}
