package io.chittychat.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lock of a store, which one server holds at a time. The operating system releases it when the process ends. */
final class StoreLock implements AutoCloseable {

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a store; creates the store's directory if it does not exist.
     *
     * @throws StoreException.InUse if another server holds the lock
     */
    static StoreLock take(Path store) {
        makeDirectory(store.getParent());
        Path file = store.resolveSibling(store.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return lock(store, channel);
        } catch (IOException e) {
            throw new StoreException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void makeDirectory(@Nullable Path directory) {
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new StoreException("cannot make the directory " + directory + " for the store: " + e, e);
        }
    }

    private static StoreLock lock(Path store, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new StoreLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // this process has the store open already
        }
        channel.close();
        throw new StoreException.InUse(
                "another server uses the store " + store + ". Stop it first, or give this one its own: "
                        + "--chitty.store.file=PATH",
                new IOException("locked"));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("cannot release the store's lock: " + e.getMessage(), e);
        }
    }
}
