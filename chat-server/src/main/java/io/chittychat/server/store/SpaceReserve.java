package io.chittychat.server.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that holds some space, to be given up when the disk is full: joining, leaving and reading can go on in it while
 * messages are refused.
 *
 * <p>Threading: the room thread (and, before it runs, the starting thread).
 */
public final class SpaceReserve {

    private static final int BLOCK = 64 * 1024;

    private final Path file;
    private final long size;

    /**
     * @param store beside which the reserve lies
     * @param size in bytes
     */
    public SpaceReserve(Path store, long size) {
        this.file = store.resolveSibling(store.getFileName() + ".reserve");
        this.size = size;
    }

    /**
     * Takes the space.
     *
     * @return whether it is held now: there was that much, and as much again
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

    /** Whether the space is held, or could be taken. Any thread may ask. */
    public boolean fits() {
        try {
            return (Files.exists(file) && Files.size(file) == size) || hasSpace();
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the file system itself: the list of mounts, where a FileStore looks, need not name it, as in a chroot. */
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

    /** Gives the space up. */
    public void release() throws IOException {
        Files.deleteIfExists(file);
    }
}
