package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.process.Line;
import io.chittychat.demo.process.ParticipantProcess;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a process for the service and for each participant, and TCP relays where the scenario needs them. */
final class ProcessVenue implements Venue, AutoCloseable {

    private static final Duration EXIT_BOUND = Duration.ofSeconds(5);

    /**
     * Short enough to wait for after a crash, and long enough for the messages during a cut line, even on a slow machine. It is
     * the service's own default.
     */
    private static final String RESUME_WINDOW = "--chitty.session.resume-window=5s";

    /** Clients use a mended line soon, and do not give up on a slow machine. */
    private static final List<String> PATIENT = List.of(
            "--chitty.client.reconnect.max=250ms",
            "--chitty.client.request-deadline=60s",
            "--chitty.client.publish-deadline=60s");

    private final Children children;
    private final Programs programs;
    private final Workspace workspace;
    private final long seed;
    private final Map<String, Line> lines;
    private ServerProcess server;

    /**
     * Starts the service; it is not ready yet.
     *
     * @param scenario the lines with outages get relays
     * @param seed of random events
     */
    ProcessVenue(Children children, Programs programs, Workspace workspace, Scenario scenario, long seed) {
        this.children = children;
        this.programs = programs;
        this.workspace = workspace;
        this.seed = seed;
        this.server = programs.startServer(children, workspace, List.of(RESUME_WINDOW));
        this.lines =
                scenario.lines().stream().collect(Collectors.toMap(Function.identity(), name -> new Line(address())));
    }

    ServerProcess server() {
        return server;
    }

    private String address() {
        return server.address();
    }

    @Override
    public DemoParticipant admit(String name) {
        Line line = lines.get(name);
        String address = line == null ? address() : line.address();
        return ParticipantProcess.start(name, children, programs, workspace, address, PATIENT);
    }

    @Override
    public void cut(String name) {
        line(name).cut();
    }

    @Override
    public void mend(String name) {
        line(name).mend();
    }

    @Override
    public void slow(String name, Duration delay) {
        line(name).slow(delay);
    }

    @Override
    public void spoil(String name) {
        line(name).unreliable(new SplittableRandom(seed + name.hashCode()));
    }

    @Override
    public int breaks(String name) {
        return line(name).breaks();
    }

    private Line line(String name) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("the scenario has no outage of the line of " + name);
        }
        return line;
    }

    @Override
    public void stopService() {
        server.child().kill();
        requireEnd("SIGKILL");
    }

    @Override
    public void startService() {
        server = server.again();
        server.awaitReady();
    }

    /** Asks the service to end, as an operator would. */
    void endService() {
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
    public void close() {
        lines.values().forEach(Line::close);
    }
}
