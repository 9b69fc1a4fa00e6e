package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.process.Line;
import io.chittychat.demo.process.ParticipantProcess;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.process.Children;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a process for each participant, and TCP relays between them and the service where the scenario needs them. */
final class ProcessVenue implements Venue, AutoCloseable {

    /** Clients use a mended line soon, and do not give up on a slow machine. Each begins with its own node. */
    private static final List<String> PATIENT = List.of(
            "--chitty.client.reconnect.max=250ms",
            "--chitty.client.request-deadline=60s",
            "--chitty.client.publish-deadline=60s",
            "--chitty.client.shuffle=false");

    private final Children children;
    private final Programs programs;
    private final Workspace workspace;
    private final Service service;
    private final long seed;
    private final Map<String, List<Line>> lines;
    private int admitted;

    /**
     * A place for participants of a service that has been started.
     *
     * @param scenario the lines with outages get relays
     * @param seed of random events
     */
    ProcessVenue(
            Children children, Programs programs, Workspace workspace, Service service, Scenario scenario, long seed) {
        this.children = children;
        this.programs = programs;
        this.workspace = workspace;
        this.service = service;
        this.seed = seed;
        this.lines = scenario.lines().stream().collect(Collectors.toMap(Function.identity(), name -> relays()));
    }

    /** One to each node. */
    private List<Line> relays() {
        return service.addresses().stream().map(Line::new).toList();
    }

    @Override
    public DemoParticipant admit(String name) {
        List<Line> relays = lines.getOrDefault(name, List.of());
        List<String> addresses = relays.isEmpty()
                ? service.addresses()
                : relays.stream().map(Line::address).toList();
        String ordered = String.join(",", beginningWith(admitted++, addresses));
        return ParticipantProcess.start(name, children, programs, workspace, ordered, PATIENT);
    }

    /** All addresses, those of one node after the other: from that of a number downwards. */
    private static List<String> beginningWith(int number, List<String> addresses) {
        List<String> ordered = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            ordered.add(addresses.get(Math.floorMod(number - i, addresses.size())));
        }
        return ordered;
    }

    @Override
    public void cut(String name) {
        forEach(name, Line::cut);
    }

    @Override
    public void mend(String name) {
        forEach(name, Line::mend);
    }

    @Override
    public void slow(String name, Duration delay) {
        forEach(name, line -> line.slow(delay));
    }

    @Override
    public void spoil(String name) {
        List<Line> relays = line(name);
        for (int i = 0; i < relays.size(); i++) {
            relays.get(i).unreliable(new SplittableRandom(seed + name.hashCode() + i));
        }
    }

    @Override
    public int breaks(String name) {
        return line(name).stream().mapToInt(Line::breaks).sum();
    }

    private void forEach(String name, Consumer<Line> action) {
        line(name).forEach(action);
    }

    private List<Line> line(String name) {
        List<Line> line = lines.getOrDefault(name, List.of());
        if (line.isEmpty()) {
            throw new IllegalArgumentException("the scenario has no outage of the line of " + name);
        }
        return line;
    }

    @Override
    public void stopService() {
        service.kill();
    }

    @Override
    public void startService() {
        service.startAgain();
    }

    @Override
    public Nodes nodes() {
        return service.nodes();
    }

    @Override
    public void close() {
        lines.values().stream().flatMap(List::stream).forEach(Line::close);
    }
}
