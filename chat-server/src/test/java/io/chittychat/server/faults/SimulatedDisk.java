package io.chittychat.server.faults;

import io.chittychat.server.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A disk that forgets what was not synced: after a crash each sector that was written since is the old or the new one, at
 * random, as if writes had been reordered, torn and lost.
 */
final class SimulatedDisk {

    private static final int SECTOR = 512;
    private static final double[] SURVIVING = {0, 0.1, 0.5, 0.9, 1}; // of the sectors

    private final Path directory;
    private final Random random;
    private int crashes;
    private Path file;
    private byte[] database = new byte[0]; // as synced
    private byte[] wal = new byte[0]; // as synced

    SimulatedDisk(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
        this.file = Stores.copyOfNew(directory.resolve("0.db"));
        sync();
    }

    /** Where the store is since the last crash. */
    Path file() {
        return file;
    }

    /** All that was written is on the disk for good. */
    void sync() {
        database = read(file);
        wal = read(Stores.wal(file));
    }

    /** The machine crashes while a batch is written. */
    void crashWhileAppending() {
        goOnWith(read(file), afterCrash(wal, read(Stores.wal(file))));
    }

    /** The machine crashes while batches move to the main file; the write-ahead log is as synced until that is done. */
    void crashWhileMoving() {
        goOnWith(afterCrash(database, read(file)), wal);
    }

    private void goOnWith(byte[] newDatabase, byte[] newWal) {
        file = directory.resolve(++crashes + ".db");
        write(file, newDatabase);
        write(Stores.wal(file), newWal);
        sync();
    }

    private byte[] afterCrash(byte[] synced, byte[] written) {
        double surviving = SURVIVING[random.nextInt(SURVIVING.length)];
        int length = random.nextBoolean() ? written.length : between(synced.length, written.length);
        byte[] image = Arrays.copyOf(synced, length); // what was never written reads as zeros
        for (int from = 0; from < Math.min(length, written.length); from += SECTOR) {
            int to = Math.min(from + SECTOR, Math.min(length, written.length));
            if (random.nextDouble() < surviving) {
                System.arraycopy(written, from, image, from, to - from);
            }
        }
        return image;
    }

    private int between(int one, int other) {
        return Math.min(one, other) + random.nextInt(Math.abs(one - other) + 1);
    }

    private static byte[] read(Path path) {
        try {
            return Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
