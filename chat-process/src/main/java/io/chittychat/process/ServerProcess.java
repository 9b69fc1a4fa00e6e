package io.chittychat.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** The service as a process of its own, on free ports of the loopback interface. */
public final class ServerProcess implements AutoCloseable {

    /** Printed by the service when it takes calls. */
    public static final String READY = "Chitty-Chat is ready";

    /** Many times the usual duration of a start: a busy machine is slow. */
    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final int port;
    private final int httpPort;
    private final Supplier<ChildProcess> launcher;
    private final ChildProcess child;

    private ServerProcess(int port, int httpPort, Supplier<ChildProcess> launcher) {
        this.port = port;
        this.httpPort = httpPort;
        this.launcher = launcher;
        this.child = launcher.get();
    }

    /**
     * Starts a service; it is not ready yet.
     *
     * @param program makes the command from the arguments of the service
     * @param dir its working directory
     * @param output the file that its output is appended to
     * @param settings further arguments, such as {@code --chitty.session.resume-window=2s}
     */
    public static ServerProcess start(
            Children children,
            Function<List<String>, List<String>> program,
            Path dir,
            Path output,
            List<String> settings) {
        return start("the server", children, program, dir, output, settings);
    }

    /**
     * Starts one of several services, such as a node of a cluster; it is not ready yet.
     *
     * @param name how it is called in messages, such as {@code node 2}
     */
    public static ServerProcess start(
            String name,
            Children children,
            Function<List<String>, List<String>> program,
            Path dir,
            Path output,
            List<String> settings) {
        return start(name, Loopback.freePort(), Loopback.freePort(), children, program, dir, output, settings);
    }

    /**
     * The same, at given ports.
     *
     * @param port for gRPC
     */
    public static ServerProcess start(
            String name,
            int port,
            int httpPort,
            Children children,
            Function<List<String>, List<String>> program,
            Path dir,
            Path output,
            List<String> settings) {
        List<String> arguments = onLoopback(port, httpPort);
        arguments.addAll(settings);
        List<String> command = program.apply(arguments);
        return new ServerProcess(port, httpPort, () -> children.start(name, command, dir, output));
    }

    /** The arguments of a service on the loopback interface; 0 stands for any free port. */
    public static List<String> onLoopback(int grpcPort, int httpPort) {
        return new ArrayList<>(List.of(
                "--grpc.server.address=" + Loopback.HOST,
                "--grpc.server.port=" + grpcPort,
                "--server.address=" + Loopback.HOST,
                "--server.port=" + httpPort));
    }

    /** Starts it once more after it has ended, with the same address and the same store; it is not ready yet. */
    public ServerProcess again() {
        return new ServerProcess(port, httpPort, launcher);
    }

    /** Waits until it prints that it is ready. */
    public ServerProcess awaitReady() {
        child.awaitOutput(READY, START_BOUND);
        return this;
    }

    /**
     * Waits until it says that it is ready for calls, which it may cease to be while it runs.
     *
     * @throws ProcessFailedException if it ends before, or does not say so in time
     */
    public ServerProcess awaitHealthy() {
        child.awaitReady("readiness", START_BOUND, () -> Loopback.isOk(httpPort, "/actuator/health/readiness"));
        return this;
    }

    public int port() {
        return port;
    }

    /** Host and port for participants. */
    public String address() {
        return Loopback.HOST + ":" + port;
    }

    public int httpPort() {
        return httpPort;
    }

    /** Host and port for health and meters, and for calls over HTTP. */
    public String httpAddress() {
        return Loopback.HOST + ":" + httpPort;
    }

    public ChildProcess child() {
        return child;
    }

    /** Asks it to end; its exit code, or empty if it still runs after the bound. */
    public OptionalInt stop(Duration bound) {
        child.terminate();
        return child.awaitExit(bound);
    }

    @Override
    public void close() {
        child.stop(STOP_BOUND);
    }
}
