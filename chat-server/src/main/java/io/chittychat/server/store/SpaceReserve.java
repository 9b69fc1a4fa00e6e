package io.chittychat.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that occupies disk space. It is deleted when the disk is full, so that joins and leaves can still be recorded
 * while messages are refused.
 *
 * <p>Threading: the room thread, and before it runs the starting thread, unless a method says otherwise.
 */
public final class SpaceReserve {

    private static final int BLOCK = 64 * 1024;

    private final Path file;
    private final long size;

    /**
     * @param store the store's file; the reserve is beside it
     * @param size the size of the reserve, in bytes
     */
    public SpaceReserve(Path store, long size) {
        this.file = store.resolveSibling(store.getFileName() + ".reserve");
        this.size = size;
    }

    /**
     * Occupies the space, if twice as much is free.
     *
     * @return whether the reserve occupies its space now
     */
    public boolean take() {
        try {
            if (Files.exists(file) && Files.size(file) == size) {
                return true;
            }
            return hasSpace() && fill();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the reserve occupies its space, or could. Any thread may call it. */
    public boolean fits() {
        try {
            return (Files.exists(file) && Files.size(file) == size) || hasSpace();
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the file system. A FileStore would search the list of mounts, which may lack this one, as in a chroot. */
    private boolean hasSpace() {
        return file.toAbsolutePath().resolveSibling("").toFile().getUsableSpace() >= 2 * size;
    }

    private boolean fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < size; written += BLOCK) {
                out.write(new byte[(int) Math.min(BLOCK, size - written)]);
            }
            return true;
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    /** Deletes the file, which frees the space. */
    public void release() throws IOException {
        Files.deleteIfExists(file);
    }
}
