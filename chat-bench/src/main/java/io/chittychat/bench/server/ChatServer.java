package io.chittychat.bench.server;

import io.chittychat.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The service as a process of its own, with a fresh store, on free ports of the loopback interface. It ends when it is
 * closed, and with this JVM. What it prints (a line for every call) goes to a file, as on any machine that keeps logs.
 */
public final class ChatServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String READY = "Chitty-Chat is ready";
    private static final Duration START_BOUND = Duration.ofSeconds(60);
    private static final Duration STOP_BOUND = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final int port;
    private final Path output;
    private final Thread hook;

    private ChatServer(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
        this.hook = new Thread(process::destroyForcibly, "server-killer");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a service and waits until it is ready.
     *
     * @param settings further arguments, such as {@code --chitty.store.durability=os}
     */
    public static ChatServer start(Installation installation, String name, List<String> settings) {
        Path dir = installation.freshDirectory(name);
        int port = freePort();
        List<String> command = new ArrayList<>(installation.java());
        command.addAll(List.of(
                "--grpc.server.address=" + HOST,
                "--grpc.server.port=" + port,
                "--server.address=" + HOST,
                "--server.port=" + freePort(),
                "--chitty.store.file=" + dir.resolve("chitty.db")));
        command.addAll(settings);
        Path output = dir.resolve("server.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ChatServer(process, port, output).awaitReady();
        } catch (IOException e) {
            throw new BenchException("cannot start the server: " + e.getMessage(), e);
        }
    }

    private ChatServer awaitReady() throws IOException {
        long start = System.nanoTime();
        try {
            while (!Files.readString(output).contains(READY)) {
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
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
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
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no free port: " + e, e);
        }
    }
}
