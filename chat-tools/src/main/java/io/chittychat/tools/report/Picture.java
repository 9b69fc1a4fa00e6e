package io.chittychat.tools.report;

import io.chittychat.tools.diagram.SpaceTimeSvg;
import io.chittychat.tools.trace.Kind;
import io.chittychat.tools.trace.Lifeline;
import io.chittychat.tools.trace.Lifeline.Ending;
import io.chittychat.tools.trace.Lifeline.Presence;
import io.chittychat.tools.trace.LogRecord;
import io.chittychat.tools.trace.Message;
import io.chittychat.tools.trace.ParticipantLog;
import io.chittychat.tools.trace.Place;
import io.chittychat.tools.trace.SpaceTime;
import io.chittychat.tools.trace.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A part of a run as a space-time diagram. Used once. */
final class Picture {

    private static final int SERVICE = 0;

    private final Run run;
    private final Map<Long, LogRecord> events = new TreeMap<>();
    private final List<Lifeline> lifelines = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<Long, Point> ordered = new HashMap<>();
    private final Map<String, Point> sent = new HashMap<>();

    /** A step that has no place among the others yet. */
    private record Point(int lifeline, long time, Step.Kind kind, String rpc, String text, Optional<LogRecord> entry) {}

    private record Line(Point from, Point to, Message.Kind kind) {}

    Picture(Run run) {
        this.run = run;
        run.records().filter(LogRecord::isEvent).forEach(event -> events.putIfAbsent(event.lamport(), event));
        List<ParticipantLog> logs = run.participants().stream()
                .sorted(Comparator.comparingLong(Picture::firstJoin))
                .toList();
        lifelines.add(new Lifeline("service", Lifeline.Role.SERVICE, List.of()));
        for (ParticipantLog log : logs) {
            String name = log.records().isEmpty() ? "" : log.records().get(0).participant();
            lifelines.add(new Lifeline(name, Lifeline.Role.PARTICIPANT, presences(name, log)));
        }
        for (int i = 0; i < logs.size(); i++) {
            addRequests(logs.get(i), i + 1);
        }
        addService();
        for (int i = 0; i < logs.size(); i++) {
            addRest(logs.get(i), i + 1);
        }
    }

    /** The part as SVG. */
    String svg(Sequence.Window window) {
        List<Point> seen = points.stream()
                .filter(point -> window.from() <= point.time() && point.time() <= window.to())
                .sorted(Comparator.comparingLong(Point::time)
                        .thenComparing(point -> point.entry()
                                .map(LogRecord::line)
                                .orElse(point.kind() == Step.Kind.CRASH ? Integer.MAX_VALUE : 0)))
                .toList();
        Map<Point, Integer> ids = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Point point : seen) {
            ids.put(point, steps.size());
            steps.add(step(steps.size(), point));
        }
        List<Message> messages = lines.stream()
                .filter(line -> ids.containsKey(line.from()) && ids.containsKey(line.to()))
                .map(line -> new Message(ids.getOrDefault(line.from(), 0), ids.getOrDefault(line.to(), 0), line.kind()))
                .toList();
        long last = points.stream().mapToLong(Point::time).max().orElse(0);
        return SpaceTimeSvg.draw(
                new SpaceTime(lifelines, steps, messages, new SpaceTime.Window(window.from(), window.to(), 1, last)));
    }

    private static Step step(int id, Point point) {
        return new Step(
                id,
                point.lifeline(),
                point.time(),
                point.kind(),
                point.rpc(),
                point.text(),
                point.entry().map(LogRecord::time),
                point.entry().map(entry -> new Place(entry.file(), entry.line())));
    }

    private static long firstJoin(ParticipantLog log) {
        return log.records().stream()
                .filter(entry -> entry.is(Kind.REPLY, "Join") && entry.isOk())
                .mapToLong(LogRecord::lamport)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private List<Presence> presences(String name, ParticipantLog log) {
        List<Presence> presences = new ArrayList<>();
        long joined = 0;
        long newest = 0;
        for (LogRecord event : events.values()) {
            newest = event.lamport();
            boolean own = event.find("from").equals(Optional.of(name));
            if (own && event.isEvent("joined")) {
                joined = event.lamport();
            } else if (own && event.isEvent("left") && joined > 0) {
                Ending ending = event.sent() > 0 ? Ending.LEFT : goesOn(log) ? Ending.EXPIRED : Ending.CRASHED;
                presences.add(new Presence(joined, event.lamport(), ending));
                joined = 0;
            }
        }
        Optional<LogRecord> leave = log.records().stream()
                .filter(entry -> entry.is(Kind.REPLY, "Leave") && entry.isOk())
                .reduce((one, other) -> other);
        if (joined > 0) { // nobody was there who could be told that it left
            presences.add(
                    leave.isPresent()
                            ? new Presence(joined, leave.get().lamport(), Ending.LEFT)
                            : new Presence(joined, newest, Ending.OPEN));
        }
        return presences;
    }

    private static boolean goesOn(ParticipantLog log) {
        return log.records().stream().anyMatch(entry -> entry.kind() == Kind.END);
    }

    private void addRequests(ParticipantLog log, int lifeline) {
        for (LogRecord entry : log.records()) {
            if (entry.kind() == Kind.SEND) {
                Point point = add(lifeline, entry, Step.Kind.REQUEST);
                sent.put(entry.participant() + " " + entry.clock(), point);
            }
        }
    }

    private void addService() {
        for (LogRecord event : events.values()) {
            Step.Kind kind = event.isEvent("joined")
                    ? Step.Kind.JOINED
                    : event.isEvent("left") ? Step.Kind.LEFT : Step.Kind.PUBLISHED;
            String text = event.find("text").orElse("");
            order(
                    new Point(SERVICE, event.lamport(), kind, "", text, Optional.empty()),
                    event.find("from").orElse(""),
                    event.sent());
        }
        for (Evidence call : new ServiceLog(run.service()).accepted()) {
            long time = ServiceLog.number(call, "lamport_out");
            String rpc = ServiceLog.value(call.text(), "rpc");
            if (!ordered.containsKey(time)) {
                Step.Kind kind = rpc.equals("Leave") ? Step.Kind.LEFT : Step.Kind.ATTACHED;
                order(
                        new Point(SERVICE, time, kind, rpc, "", Optional.empty()),
                        ServiceLog.value(call.text(), "participant"),
                        ServiceLog.number(call, "lamport_in"));
            }
        }
    }

    private void order(Point point, String participant, long sentAt) {
        points.add(point);
        ordered.put(point.time(), point);
        Point request = sent.get(participant + " " + sentAt);
        if (request != null) {
            lines.add(new Line(request, point, Message.Kind.REQUEST));
        }
    }

    /** Everything of a participant but its requests, with what came from the service. */
    private void addRest(ParticipantLog log, int lifeline) {
        for (LogRecord entry : log.records()) {
            if (entry.kind() != Kind.SEND) {
                Point point = add(lifeline, entry, kind(entry));
                Point cause = entry.carriesLamport() ? ordered.get(entry.lamport()) : null;
                if (cause != null) {
                    lines.add(new Line(cause, point, entry.isEvent() ? Message.Kind.BROADCAST : Message.Kind.REPLY));
                }
            }
        }
        boolean crashed =
                lifelines.get(lifeline).presences().stream().anyMatch(stay -> stay.ending() == Ending.CRASHED);
        if (crashed) {
            long time = log.records().get(log.records().size() - 1).clock();
            points.add(new Point(lifeline, time, Step.Kind.CRASH, "", "", Optional.empty()));
        }
    }

    private static Step.Kind kind(LogRecord entry) {
        if (entry.kind() == Kind.END) {
            return Step.Kind.STREAM_END;
        }
        if (entry.kind() == Kind.REPLY) {
            return entry.isOk() ? Step.Kind.REPLY : Step.Kind.REFUSAL;
        }
        return entry.isEvent() ? Step.Kind.RECEIPT : Step.Kind.CAUGHT_UP;
    }

    private Point add(int lifeline, LogRecord entry, Step.Kind kind) {
        Point point = new Point(
                lifeline, entry.clock(), kind, entry.rpc(), entry.find("text").orElse(""), Optional.of(entry));
        points.add(point);
        return point;
    }
}
