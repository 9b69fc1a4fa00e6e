package io.chittychat.trace.console;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.check.Verdict;
import io.chittychat.trace.check.Violation;
import io.chittychat.trace.input.LogArguments;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told about a trace. What logs hold is made harmless for a terminal. */
public final class TraceReport {

    private static final int MOST_NAMED = 5;

    private final PrintStream out;

    /** @param out where it is told */
    public TraceReport(PrintStream out) {
        this.out = out;
    }

    /** Everything that was found. */
    public void print(LogArguments logs, TraceResult result) {
        out.printf("%,d records in the logs of %s.%n", result.records(), whose(logs));
        TraceResult.Events events = result.events();
        if (events.count() == 0) {
            out.println("There is no event in them.");
        } else {
            out.printf(
                    "%,d events from Lamport time %d to %d: %,d joined, %,d published, %,d left.%n",
                    events.count(), events.first(), events.last(), events.joined(), events.published(), events.left());
        }
        new VerdictTable(out, Style.PLAIN).printFound(result.verdicts());
        out.println();
        notes(logs.notes());
        notes(result.notes());
        violations(logs, result);
    }

    private static String whose(LogArguments logs) {
        String names = logs.names().stream().map(SafeText::of).collect(Collectors.joining(", "));
        if (logs.logs().service().isEmpty()) {
            return names;
        }
        return names.isEmpty() ? "the service" : names + " and the service";
    }

    private void notes(List<String> notes) {
        notes.forEach(note -> out.println("Note: " + SafeText.of(note)));
    }

    /** That nothing is violated says as much as there was to check. */
    private static String good(LogArguments logs, TraceResult result) {
        if (result.events().count() == 0) {
            return "Nothing is violated, and there was no event to check.";
        }
        List<String> missing = new ArrayList<>(result.absent().stream()
                .limit(MOST_NAMED)
                .map(SafeText::of)
                .map("no log of %s"::formatted)
                .toList());
        if (result.absent().size() > MOST_NAMED) {
            missing.add("%,d more".formatted(result.absent().size() - MOST_NAMED));
        }
        if (logs.logs().service().isEmpty()) {
            missing.add("none of the service");
        }
        if (logs.names().isEmpty()) {
            return "Nothing contradicts itself, but only the log of the service was there.";
        }
        return missing.isEmpty()
                ? "Everything holds."
                : "Everything that these logs tell holds; there was %s.".formatted(String.join(", ", missing));
    }

    private void violations(LogArguments logs, TraceResult result) {
        List<Violation> told = result.verdicts().stream()
                .map(Verdict::violations)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Violation::file).thenComparingInt(Violation::line))
                .toList();
        if (result.violations() == 0) {
            out.println(good(logs, result));
            return;
        }
        out.println(result.violations() == 1 ? "1 violation:" : "%,d violations:".formatted(result.violations()));
        told.forEach(violation -> out.println("  " + SafeText.of(violation.toString())));
        if (result.violations() > told.size()) {
            out.printf("  and %,d more; --all lists them%n", result.violations() - told.size());
        }
    }
}
