package io.chittychat.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that this one started, usually with both outputs in one file. Safe for use by several threads. */
public final class ChildProcess {

    private static final int REPORTED_LINES = 30;

    private final String name;
    private final Process process;
    private final Path output;
    private final long begin;
    private final ProcessLog log;

    /**
     * A process that was started.
     *
     * @param output the file with its output
     * @param begin the place of its output in the file, in bytes: after the output of an earlier process
     * @param log is told when it is killed
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

    /** The file with its output. */
    public Path outputFile() {
        return output;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
        log.happened("killed", this);
    }

    /** Asks it to end, and kills it if it still runs after the bound. */
    public void stop(Duration bound) {
        terminate();
        if (awaitExit(bound).isEmpty()) {
            kill();
        }
    }

    /** Its exit code; empty if it still runs after the bound, or if the thread is interrupted. */
    public OptionalInt awaitExit(Duration bound) {
        try {
            boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
            return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /**
     * Waits until it has printed a text.
     *
     * @throws ProcessFailedException if it ends before, or has not printed it within the bound
     */
    public void awaitOutput(String text, Duration bound) {
        awaitReady("'" + text + "'", bound, () -> output().contains(text));
    }

    /**
     * Waits until it accepts connections on a port of the loopback interface.
     *
     * @throws ProcessFailedException if it ends before, or does not accept one within the bound
     */
    public void awaitPort(int port, Duration bound) {
        awaitReady("connections on port " + port, bound, () -> Loopback.accepts(port));
    }

    void awaitReady(String what, Duration bound, BooleanSupplier ready) {
        boolean unused = Await.until("%s of %s; see %s".formatted(what, name, output), bound, this::failed, () -> {
            requireAlive();
            return ready.getAsBoolean() ? Optional.of(true) : Optional.empty();
        });
    }

    /** Fails if it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw failed(
                    "%s ended unexpectedly, with exit code %d; see %s".formatted(name, process.exitValue(), output));
        }
    }

    /** An exception for its failure, with the last lines that it printed. */
    public ProcessFailedException failed(String why) {
        return new ProcessFailedException(why, name, tail(REPORTED_LINES));
    }

    /** Everything that it has printed to its file; empty if that cannot be read. */
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
