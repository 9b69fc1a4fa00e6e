package io.chittychat.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes, and ends them all when it is closed or the JVM ends. Nothing can be started afterwards. Safe for use by
 * several threads.
 */
public final class Children implements AutoCloseable {

    private static final Duration KILL_BOUND = Duration.ofSeconds(5);

    private final List<ChildProcess> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::killAll, "children-killer");
    private final ProcessLog log;
    private boolean closed;

    /** Children without a log. */
    public Children() {
        this(ProcessLog.NONE);
    }

    /** @param log is told of starts and kills, but not of processes that closing ends */
    public Children(ProcessLog log) {
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a process.
     *
     * @param dir its working directory, which is created if necessary
     * @param output the file that both outputs are appended to
     */
    public ChildProcess start(String name, List<String> command, Path dir, Path output) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw cannotStart(name, e);
        }
        return start(name, new ProcessBuilder(command).directory(dir.toFile()), output);
    }

    /**
     * Starts a process.
     *
     * @param builder its command, directory and environment
     * @param output the file that both outputs are appended to
     */
    public ChildProcess start(String name, ProcessBuilder builder, Path output) {
        try {
            long begin = Files.exists(output) ? Files.size(output) : 0;
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            return start(name, builder, output, begin);
        } catch (IOException e) {
            throw cannotStart(name, e);
        }
    }

    /** Starts a process whose output, both in one, the caller reads from a pipe. */
    public ChildProcess startPiped(String name, ProcessBuilder builder) {
        try {
            return start(name, builder.redirectErrorStream(true), Path.of(""), 0);
        } catch (IOException e) {
            throw cannotStart(name, e);
        }
    }

    private synchronized ChildProcess start(String name, ProcessBuilder builder, Path output, long begin)
            throws IOException {
        if (closed) {
            throw new ProcessFailedException("too late to start " + name);
        }
        ChildProcess child = new ChildProcess(name, builder.start(), output, begin, log);
        processes.add(child);
        log.happened("started", child);
        return child;
    }

    private static ProcessFailedException cannotStart(String name, IOException cause) {
        return new ProcessFailedException("cannot start %s: %s".formatted(name, cause.getMessage()), cause);
    }

    /** Whether nothing can be started any more. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void killAll() {
        closed = true;
        processes.forEach(child -> child.process().destroyForcibly());
        processes.forEach(child -> child.awaitExit(KILL_BOUND));
    }

    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs.
        }
    }
}
