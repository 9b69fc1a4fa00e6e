package io.chittychat.demo.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process that we started, with both of its outputs in one file. Safe for use by several threads. */
public class ChildProcess {

    private static final int TOLD_LINES = 30;

    private final String name;
    private final Process process;
    private final Path output;
    private final long begin;
    private final ProcessLog log;

    ChildProcess(String name, Process process, Path output) {
        this(name, process, output, 0, ProcessLog.NONE);
    }

    /**
     * A process that was started.
     *
     * @param begin where in the file its output begins, in bytes: behind that of an earlier process
     * @param log is told if it is killed
     */
    ChildProcess(String name, Process process, Path output, long begin, ProcessLog log) {
        this.log = log;
        this.name = name;
        this.process = process;
        this.output = output;
        this.begin = begin;
    }

    public String name() {
        return name;
    }

    public Process process() {
        return process;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once (SIGKILL), without a chance to say goodbye. */
    public void kill() {
        process.destroyForcibly();
        log.happened("killed", this);
    }

    /** Its exit code, or empty if it still runs when the bound is over or the thread is interrupted. */
    public OptionalInt awaitExit(Duration bound) {
        try {
            boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
            return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Fails if it has ended although nobody asked it to. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw failed(
                    "%s ended unexpectedly, with exit code %d; see %s".formatted(name, process.exitValue(), output));
        }
    }

    /** That it failed, with the last lines that it printed. */
    ProcessFailedException failed(String why) {
        return new ProcessFailedException(why, name, tail(TOLD_LINES));
    }

    /** What it has printed so far; empty if that cannot be read. */
    public String output() {
        try (InputStream file = Files.newInputStream(output)) {
            file.skipNBytes(begin);
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The last lines that it has printed. */
    public List<String> tail(int lines) {
        List<String> all = output().lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
