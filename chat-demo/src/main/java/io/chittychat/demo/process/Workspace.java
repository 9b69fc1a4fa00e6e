package io.chittychat.demo.process;

import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory for one run. Files of an earlier run are removed, because participants append to their logs. A directory with other
 * files, or one in use, is refused.
 */
public final class Workspace implements AutoCloseable {

    private static final String MARKER = ".chitty-demo";
    private static final String OUTPUT = "output";
    private static final Pattern SERVICE = Pattern.compile("(server|node-[0-9]+)\\.out");

    private final Path dir;
    private final FileChannel channel;

    private Workspace(Path dir, FileChannel channel) {
        this.dir = dir;
        this.channel = channel;
    }

    /**
     * Takes a directory and empties it.
     *
     * @throws ProcessFailedException if it has other files, is in use, or cannot be written
     */
    public static Workspace open(Path dir) {
        Path absolute = dir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            requireOurs(absolute);
            FileChannel channel = lock(absolute.resolve(MARKER));
            Workspace workspace = new Workspace(absolute, channel);
            workspace.empty();
            return workspace;
        } catch (IOException e) {
            throw new ProcessFailedException("cannot use the directory %s: %s".formatted(absolute, e), e);
        }
    }

    private static void requireOurs(Path dir) throws IOException {
        try (Stream<Path> content = Files.list(dir)) {
            if (content.findAny().isPresent() && !Files.exists(dir.resolve(MARKER))) {
                throw new ProcessFailedException(
                        dir + " has files that are not of an earlier demo: choose another --dir");
            }
        }
    }

    private static FileChannel lock(Path marker) throws IOException {
        FileChannel channel = FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new ProcessFailedException(
                    "another demo is running in " + marker.getParent() + ": choose another --dir");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void empty() throws IOException {
        try (Stream<Path> content = Files.walk(dir)) {
            List<Path> old = content.filter(path -> !path.equals(dir) && !path.equals(dir.resolve(MARKER)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : old) {
                Files.delete(path);
            }
        }
        Files.createDirectories(logs());
        Files.createDirectories(output("").getParent());
    }

    /** The working directory of the processes. */
    public Path dir() {
        return dir;
    }

    /** The directory of the participants' logs. */
    public Path logs() {
        return dir.resolve("logs");
    }

    /** The file of a process's output. */
    public Path output(String name) {
        return dir.resolve(OUTPUT).resolve(name + ".out");
    }

    /** The file of the output of a node of the service, which is numbered from 1. */
    public Path node(int number) {
        return output("node-" + number);
    }

    /** The outputs of the service: one, or one for each node; none before it was started. */
    public List<Path> service() {
        return serviceIn(dir);
    }

    /**
     * The outputs of the service of a run.
     *
     * @param dir the directory of the run, which may be in use
     */
    public static List<Path> serviceIn(Path dir) {
        Path outputs = dir.resolve(OUTPUT);
        try (Stream<Path> files = Files.isDirectory(outputs) ? Files.list(outputs) : Stream.empty()) {
            return files.filter(file ->
                            SERVICE.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot read " + outputs + ": " + e, e);
        }
    }

    /** The log of started and killed processes. */
    public Path processes() {
        return processesIn(dir);
    }

    /** The same of a run in a directory. */
    public static Path processesIn(Path dir) {
        return dir.resolve(OUTPUT).resolve("processes.logfmt");
    }

    @Override
    public void close() {
        try {
            channel.close(); // which ends the lock
        } catch (IOException e) {
            throw new ProcessFailedException("cannot release " + dir, e);
        }
    }
}
