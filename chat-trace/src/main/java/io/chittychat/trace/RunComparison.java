package io.chittychat.trace;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.input.LogEpochs;
import io.chittychat.trace.log.LineFormat;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the events of two conversations: the first difference, and what only one of them has. */
final class RunComparison {

    /** Events of a conversation that are compared. */
    private static final int MOST_EVENTS = 1_000_000;

    private static final int MOST_LISTED = 10;

    /** An event without its time: what was said, and by whom. */
    private record What(String type, String from, String text) {

        @Override
        public String toString() {
            return SafeText.of(
                    switch (type) {
                        case "joined" -> from + " joined";
                        case "left" -> from + " left";
                        default -> from + ": " + text;
                    });
        }
    }

    private record Event(long lamport, What what) {

        @Override
        public String toString() {
            return "L %d %s".formatted(lamport, what);
        }
    }

    private final LineFormat format;
    private final PrintStream out;

    RunComparison(LineFormat format, PrintStream out) {
        this.format = format;
        this.out = out;
    }

    /** Prints the differences; whether there is none. */
    boolean print(Path one, Path other) {
        List<Event> ones = events(one);
        List<Event> others = events(other);
        out.printf("%s: %,d events; %s: %,d events.%n", one, ones.size(), other, others.size());
        int same = same(ones, others);
        if (same == ones.size() && same == others.size()) {
            out.println("They are the same, with the same Lamport times.");
            return true;
        }
        out.println("The first %,d events are the same. Then:".formatted(same));
        then(one, ones, same);
        then(other, others, same);
        only(one, ones, others);
        only(other, others, ones);
        return false;
    }

    private List<Event> events(Path run) {
        List<Event> events = new ArrayList<>();
        FoundLogs logs = LogEpochs.of(FoundLogs.of(List.of(run), format)).newest();
        SideBySide.check(
                logs.logs(),
                new TraceListener() {
                    @Override
                    public void happened(ServiceStep step) {
                        if (!step.type().isEmpty() && events.size() < MOST_EVENTS) {
                            String text = step.type().equals("published") ? step.text() : "";
                            events.add(new Event(step.lamport(), new What(step.type(), step.from(), text)));
                        }
                    }
                },
                0);
        return events;
    }

    private static int same(List<Event> ones, List<Event> others) {
        int same = 0;
        while (same < Math.min(ones.size(), others.size()) && ones.get(same).equals(others.get(same))) {
            same++;
        }
        return same;
    }

    private void then(Path run, List<Event> events, int at) {
        out.printf("  %s: %s%n", run, at < events.size() ? events.get(at) : "no more events");
    }

    /** Prints what only one of them has, whatever its place and time. */
    private void only(Path run, List<Event> events, List<Event> others) {
        Map<What, Integer> left = new HashMap<>();
        others.forEach(event -> left.merge(event.what(), 1, Integer::sum));
        List<Event> only = events.stream()
                .filter(event -> left.merge(event.what(), -1, Integer::sum) < 0)
                .toList();
        if (only.isEmpty()) {
            out.printf("Only in %s: nothing; what differs is the order, or the times.%n", run);
            return;
        }
        out.printf("Only in %s: %,d.%n", run, only.size());
        only.stream().limit(MOST_LISTED).forEach(event -> out.println("  " + event));
        if (only.size() > MOST_LISTED) {
            out.printf("  and %,d more%n", only.size() - MOST_LISTED);
        }
    }
}
