package io.chittychat.demo;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.ServerProcess;
import java.time.Duration;
import java.util.List;

/** The service as one process. */
final class OneProcess implements Service {

    private static final Duration EXIT_BOUND = Duration.ofSeconds(5);

    private ServerProcess server;

    /** Starts it; it is not ready yet. */
    OneProcess(Children children, Programs programs, Workspace workspace) {
        this.server = programs.startServer(children, workspace, List.of(RESUME_WINDOW));
    }

    @Override
    public List<String> addresses() {
        return List.of(server.address());
    }

    @Override
    public String introduction() {
        return "Starting a server, process %d, at %s".formatted(server.child().pid(), server.address());
    }

    @Override
    public void awaitReady() {
        server.awaitReady();
    }

    @Override
    public ChildProcess witness() {
        return server.child();
    }

    @Override
    public void kill() {
        server.child().kill();
        requireEnd("SIGKILL");
    }

    @Override
    public void startAgain() {
        server = server.again();
        server.awaitReady();
    }

    @Override
    public Nodes nodes() {
        throw new IllegalStateException("the service is one process");
    }

    @Override
    public void end() {
        server.child().terminate();
        requireEnd("SIGTERM");
    }

    private void requireEnd(String signal) {
        if (server.child().awaitExit(EXIT_BOUND).isEmpty()) {
            throw new ProcessFailedException(
                    "the server did not end within %d s of %s".formatted(EXIT_BOUND.toSeconds(), signal));
        }
    }

    @Override
    public void close() {}
}
