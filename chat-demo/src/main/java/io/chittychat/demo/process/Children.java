package io.chittychat.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes and sees to it that none of them outlives us: closing ends all, and the JVM's end closes. Once
 * closed, nothing can be started any more. Safe for use by several threads.
 */
public final class Children implements AutoCloseable {

    private static final Duration KILL_BOUND = Duration.ofSeconds(5);

    private final List<Process> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::killAll, "children-killer");
    private final ProcessLog log;
    private boolean closed;

    /** Children of whom nothing is written down. */
    public Children() {
        this(ProcessLog.NONE);
    }

    /** @param log is told who was started and killed; those who are ended by closing are not told */
    public Children(ProcessLog log) {
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a process.
     *
     * @param dir its working directory
     * @param output the file that gets both of its outputs, behind what it holds
     */
    public synchronized ChildProcess start(String name, List<String> command, Path dir, Path output) {
        if (closed) {
            throw new ProcessFailedException("too late to start " + name);
        }
        try {
            Files.createDirectories(dir);
            long begin = Files.exists(output) ? Files.size(output) : 0;
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            processes.add(process);
            ChildProcess child = new ChildProcess(name, process, output, begin, log);
            log.happened("started", child);
            return child;
        } catch (IOException e) {
            throw new ProcessFailedException("cannot start %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Whether nothing can be started any more, since we or the JVM are ending. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void killAll() {
        closed = true;
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> new ChildProcess("", process, Path.of("")).awaitExit(KILL_BOUND));
    }

    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, so the hook does what we have just done.
        }
    }
}
