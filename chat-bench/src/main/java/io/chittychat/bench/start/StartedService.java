package io.chittychat.bench.start;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.server.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service that has just become ready, with an empty store, on any free ports of the loopback interface. It ends when
 * it is closed, and with this JVM.
 */
final class StartedService implements AutoCloseable {

    private static final String READY = "Chitty-Chat is ready";
    private static final Duration BOUND = Duration.ofMinutes(5); // the launcher may have to build first

    private final Process process;
    private final Thread hook;
    private Duration readyAfter = Duration.ZERO;

    private StartedService(Process process) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "server-killer");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts it, and waits until it is ready. */
    static StartedService start(Launch launch, Installation installation) {
        Path dir = installation.freshDirectory("START");
        List<String> command = new ArrayList<>(launch.command());
        command.addAll(List.of(
                "--grpc.server.address=127.0.0.1",
                "--grpc.server.port=0",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--chitty.store.file=" + dir.resolve("chitty.db")));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
        builder.environment().putAll(launch.environment());
        try {
            long begin = System.nanoTime();
            StartedService service = new StartedService(builder.start());
            service.awaitReady();
            service.readyAfter = Duration.ofNanos(System.nanoTime() - begin);
            return service;
        } catch (IOException e) {
            throw new BenchException("cannot start " + launch.name() + ": " + e.getMessage(), e);
        }
    }

    /** Reads what the service says, line by line. A line that does not come ends with the process, which has a bound. */
    private void awaitReady() throws IOException {
        Thread watch = new Thread(this::endAfterBound, "start-watch");
        watch.setDaemon(true);
        watch.start();
        StringBuilder said = new StringBuilder();
        try {
            BufferedReader output = process.inputReader();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(READY)) {
                    return;
                }
                said.append(line).append('\n');
            }
        } finally {
            watch.interrupt();
        }
        close();
        throw new BenchException("the server did not become ready; it said:\n" + said);
    }

    private void endAfterBound() {
        try {
            if (!process.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // It is ready.
        }
    }

    /** From the command until the service said so. */
    Duration readyAfter() {
        return readyAfter;
    }

    /** The JVM: the launcher becomes it. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook with it.
        }
    }
}
