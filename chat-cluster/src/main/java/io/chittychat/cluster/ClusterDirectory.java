package io.chittychat.cluster;

import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a cluster. While it is open, no other cluster can use it: two would spoil each other's data. */
final class ClusterDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private ClusterDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens a directory, and makes it if it is missing.
     *
     * @throws ProcessFailedException if another process has it open, or it cannot be used
     */
    static ClusterDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel file =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(file)) {
                file.close();
                throw new ProcessFailedException("another cluster runs in " + path + "; end it, or use --dir");
            }
            return new ClusterDirectory(path, file);
        } catch (IOException e) {
            throw new ProcessFailedException(path + " cannot be used: " + e, e);
        }
    }

    /** Locks a file, unless it is locked. The system unlocks it with the end of this process at the latest. */
    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    /** Copies a program, so that a later build does not take it away from those who run it. */
    RunnableJar copy(RunnableJar program) {
        Path copy = path.resolve(program.file().getFileName());
        try {
            Files.copy(program.file(), copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ProcessFailedException("cannot copy " + program.file() + ": " + e, e);
        }
        return new RunnableJar(copy, program.jvmOptions());
    }

    /**
     * Copies the libraries of a program, for the same reason.
     *
     * @return the directory with the copies
     */
    Path copyLibraries(Path libraries) {
        Path copies = path.resolve("broker-libraries");
        try {
            Files.createDirectories(copies);
            for (Path old : jars(copies)) {
                Files.delete(old);
            }
            for (Path library : jars(libraries)) {
                Files.copy(library, copies.resolve(library.getFileName()));
            }
        } catch (IOException e) {
            throw new ProcessFailedException("cannot copy " + libraries + ": " + e, e);
        }
        return copies;
    }

    private static List<Path> jars(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot unlock " + path + ": " + e, e);
        }
    }
}
