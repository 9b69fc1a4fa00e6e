package io.chittychat.bench.start;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service that has just become ready, with an empty store, on free ports of the loopback interface. It ends when it is closed.
 *
 * @param child the JVM: the launcher becomes it
 * @param port of gRPC
 * @param readyAfter from the command until the service printed that it is ready
 */
record StartedService(ChildProcess child, int port, Duration readyAfter) implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofMinutes(5); // the launcher may have to build first
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    /**
     * Starts it, and waits until it is ready.
     *
     * @param settings further arguments of the service
     */
    static StartedService start(Launch launch, Installation installation, List<String> settings) {
        Path dir = installation.freshDirectory("START");
        List<String> command = new ArrayList<>(launch.command());
        int port = Loopback.freePort();
        command.addAll(ServerProcess.onLoopback(port, 0));
        command.add(Installation.storeIn(dir));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().putAll(launch.environment());

        long begin = System.nanoTime();
        ChildProcess child = installation.children().startPiped(launch.name(), builder);
        return new StartedService(child, port, Duration.ofNanos(awaitReady(child) - begin));
    }

    /** Returns the time of {@link System#nanoTime} when the service was ready. */
    private static long awaitReady(ChildProcess child) {
        try {
            return CompletableFuture.supplyAsync(() -> readUntilReady(child))
                    .get(START_BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchException failure
                    ? failure
                    : new BenchException("failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new BenchException("the server did not become ready within " + START_BOUND, e);
        }
    }

    /** Reads a pipe, not a file: polling a file would make the time less exact. */
    private static long readUntilReady(ChildProcess child) {
        StringBuilder printed = new StringBuilder();
        try {
            BufferedReader output = child.process().inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(ServerProcess.READY)) {
                    return System.nanoTime();
                }
                printed.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new BenchException("cannot read the output of the server: " + e, e);
        }
        throw new BenchException("the server did not become ready; it printed:\n" + printed);
    }

    long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.stop(STOP_BOUND);
    }
}
