package io.chittychat.trace.console;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.ConcurrentMessages;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.check.Violation;
import io.chittychat.trace.input.FoundLogs;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the result of a trace. Text from logs is made harmless for a terminal. */
public final class TraceReport {

    private static final int MOST_NAMED = 5;
    private static final int WIDTH = 80;
    private static final int MOST_PAIRS = 20;

    private final PrintStream out;

    /** @param out receives the text */
    public TraceReport(PrintStream out) {
        this.out = out;
    }

    /** Prints all findings. */
    public void print(FoundLogs logs, TraceResult result) {
        out.printf(
                "%,d %s in the logs of %s.%n",
                result.records(), result.records() == 1 ? "record" : "records", whose(logs));
        TraceResult.Events events = result.events();
        if (events.count() == 0) {
            out.println("They have no events.");
        } else {
            out.printf(
                    "%,d %s from Lamport time %d to %d: %,d joined, %,d published, %,d left.%n",
                    events.count(),
                    events.count() == 1 ? "event" : "events",
                    events.first(),
                    events.last(),
                    events.joined(),
                    events.published(),
                    events.left());
        }
        Wrapped.lines(concurrent(result.concurrent()), WIDTH).forEach(out::println);
        new VerdictTable(out, Style.PLAIN).printFound(result.verdicts());
        out.println();
        notes(logs.notes());
        notes(result.notes());
        violations(logs, result);
    }

    /** Two messages are concurrent if neither author had received the other's before sending. */
    private static String concurrent(ConcurrentMessages.Found found) {
        if (found.messages() < 2) {
            return "There are not two messages that could be concurrent.";
        }
        if (found.count() == 0) {
            return "No two messages are concurrent: each author had received what was said before.";
        }
        String pairs = found.first().stream()
                .limit(MOST_PAIRS)
                .map(pair -> pair.one() + "|" + pair.other())
                .collect(Collectors.joining(", "));
        return "%s%,d %s concurrent: %s%s"
                .formatted(
                        found.isLeast() ? "At least " : "",
                        found.count(),
                        found.count() == 1 ? "pair of messages is" : "pairs of messages are",
                        pairs,
                        found.count() > MOST_PAIRS ? ", ..." : "");
    }

    private static String whose(FoundLogs logs) {
        String names = logs.names().stream().map(SafeText::of).collect(Collectors.joining(", "));
        int services = logs.logs().services().size();
        if (services == 0) {
            return names;
        }
        String service = services == 1 ? "the service" : "%d nodes of the service".formatted(services);
        return names.isEmpty() ? service : names + " and " + service;
    }

    private void notes(List<String> notes) {
        notes.forEach(note -> Wrapped.lines("Note: " + SafeText.of(note), WIDTH).forEach(out::println));
    }

    /** A result without violations is worth as much as the logs that were checked. */
    private static String good(FoundLogs logs, TraceResult result) {
        if (result.events().count() == 0) {
            return "No violation, but there was no event to check.";
        }
        List<String> missing = new ArrayList<>(result.absent().stream()
                .limit(MOST_NAMED)
                .map(SafeText::of)
                .map("no log of %s"::formatted)
                .toList());
        if (result.absent().size() > MOST_NAMED) {
            missing.add("%,d more".formatted(result.absent().size() - MOST_NAMED));
        }
        if (logs.logs().services().isEmpty()) {
            missing.add("no log of the service");
        }
        if (logs.names().isEmpty()) {
            return "No contradiction, but only the log of the service was given.";
        }
        return missing.isEmpty()
                ? "Everything holds."
                : "Everything in these logs holds; there was %s.".formatted(String.join(", ", missing));
    }

    private void violations(FoundLogs logs, TraceResult result) {
        List<Violation> told = result.violationsInOrder();
        if (result.violations() == 0) {
            Wrapped.lines(good(logs, result), WIDTH).forEach(out::println);
            return;
        }
        out.println(result.violations() == 1 ? "1 violation:" : "%,d violations:".formatted(result.violations()));
        told.forEach(violation -> {
            out.println("  " + SafeText.of(violation.place()));
            Wrapped.lines(SafeText.of(violation.what()), WIDTH - 4).forEach(line -> out.println("    " + line));
        });
        if (result.violations() > told.size()) {
            out.printf("  and %,d more; --all lists them%n", result.violations() - told.size());
        }
    }
}
