package io.chittychat.demo.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The service as a process of its own, on free ports of the loopback interface. */
public final class ServerProcess {

    /** Many times what a start takes, so that a busy machine is not taken for a service that does not start. */
    private static final Duration START_BOUND = Duration.ofMinutes(2);

    private static final String HOST = "127.0.0.1";
    private static final String READY = "Chitty-Chat is ready";

    private final String address;
    private final Supplier<ChildProcess> launcher;
    private final ChildProcess child;

    private ServerProcess(String address, Supplier<ChildProcess> launcher) {
        this.address = address;
        this.launcher = launcher;
        this.child = launcher.get();
    }

    /**
     * Starts a service; it is not ready yet.
     *
     * @param settings further arguments, such as {@code --chitty.session.resume-window=2s}
     */
    public static ServerProcess start(
            Children children, Programs programs, Workspace workspace, List<String> settings) {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "--grpc.server.address=" + HOST,
                "--grpc.server.port=" + port,
                "--server.address=" + HOST,
                "--server.port=" + freePort()));
        arguments.addAll(settings);
        List<String> command = programs.server(arguments);
        return new ServerProcess(
                HOST + ":" + port,
                () -> children.start("the server", command, workspace.dir(), workspace.output("server")));
    }

    /** Starts it once more after it has ended, at the same address and on the same store; it is not ready yet. */
    public ServerProcess again() {
        return new ServerProcess(address, launcher);
    }

    /** Waits until it says that it is ready. */
    public ServerProcess awaitReady() {
        return Await.until("the server to be ready", START_BOUND, child::failed, () -> {
            child.requireAlive();
            return child.output().contains(READY) ? Optional.of(this) : Optional.empty();
        });
    }

    /** Host and port for participants. */
    public String address() {
        return address;
    }

    public ChildProcess child() {
        return child;
    }

    /** Asks it to end; its exit code, or empty if it still runs when the bound is over. */
    public OptionalInt stop(Duration bound) {
        child.terminate();
        return child.awaitExit(bound);
    }

    /** Free a moment ago; there is no way to hand a bound port over to another process. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ProcessFailedException("no free port: " + e, e);
        }
    }
}
