package io.chittychat.bench.server;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own on the loopback interface. It ends when it is closed, and with this JVM. What it prints
 * goes to a file.
 */
public final class ServerProcess implements AutoCloseable {

    public static final String HOST = "127.0.0.1";
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Path output;
    private final Thread hook;

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.hook = new Thread(process::destroyForcibly, "server-killer");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts it in a directory, where {@code server.log} takes what it prints. */
    public static ServerProcess start(List<String> command, Path dir) {
        Path output = dir.resolve("server.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ServerProcess(process, output);
        } catch (IOException e) {
            throw new BenchException("cannot start the server: " + e.getMessage(), e);
        }
    }

    /** Something that is so, or not yet. */
    @FunctionalInterface
    private interface Condition {
        boolean isTrue() throws IOException;
    }

    /** Waits until it has printed that. */
    public ServerProcess awaitOutput(String words) {
        return await(() -> Files.readString(output).contains(words));
    }

    /** Waits until it can be connected to. */
    public ServerProcess awaitPort(int port) {
        return await(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, port));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private ServerProcess await(Condition condition) {
        long start = System.nanoTime();
        try {
            while (!condition.isTrue()) {
                if (!process.isAlive() || System.nanoTime() - start > START_BOUND.toNanos()) {
                    throw new BenchException("the server did not become ready; see " + output);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new BenchException("interrupted", e);
        } catch (IOException e) {
            close();
            throw new BenchException("cannot read " + output + ": " + e, e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public long pid() {
        return process.pid();
    }

    /** What it has printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new BenchException("cannot read " + output + ": " + e, e);
        }
    }

    /** Ends it, politely if it can. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
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

    /** Free a moment ago; there is no way to hand a bound port over to another process. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no free port: " + e, e);
        }
    }
}
