package io.chittychat.trace;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.input.LogEpochs;
import io.chittychat.trace.log.LineFormat;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The logs of several groups, each checked by itself: one row a group. */
final class GroupSummary {

    private static final int MOST_VIOLATIONS = 100;
    private static final int LONGEST_NAME = 24;
    private static final String ROW = "%-24s %6s %6s %8s %10s %10s  %s%n";

    private final LineFormat format;
    private final PrintStream out;
    private boolean unread;
    private boolean violated;

    GroupSummary(LineFormat format, PrintStream out) {
        this.format = format;
        this.out = out;
    }

    /** What is known of a group: a result, or why there is none. */
    private record Group(Path path, Optional<FoundLogs> logs, Optional<TraceResult> result, String problem) {

        String name() {
            return SafeText.of(String.valueOf(path.toAbsolutePath().normalize().getFileName()));
        }
    }

    /**
     * Prints the table, or the same as CSV.
     *
     * @return the exit code: 0 if everything holds, 1 if a group violates a rule, 2 if the logs of a group cannot be read
     */
    int print(List<Path> groups, boolean csv) {
        if (csv) {
            out.println("group,participants,service,events,messages,concurrent,violations,"
                    + String.join(
                            ",",
                            List.of(Requirement.values()).stream()
                                    .map(Requirement::label)
                                    .toList())
                    + ",first");
        } else {
            out.printf(ROW, "group", "people", "events", "messages", "concurrent", "violations", "result");
        }
        groups.forEach(path -> {
            Group group = read(path);
            if (csv) {
                csv(group);
            } else {
                row(group);
            }
        });
        return unread ? 2 : violated ? 1 : 0;
    }

    private Group read(Path path) {
        try {
            FoundLogs logs = LogEpochs.of(FoundLogs.of(List.of(path), format)).newest();
            TraceResult result = SideBySide.check(logs.logs(), TraceListener.NONE, MOST_VIOLATIONS);
            violated |= result.violations() > 0;
            return new Group(path, Optional.of(logs), Optional.of(result), "");
        } catch (TraceException | UncheckedIOException e) {
            unread = true;
            return new Group(path, Optional.empty(), Optional.empty(), SafeText.of(String.valueOf(e.getMessage())));
        }
    }

    private void row(Group group) {
        String name = group.name();
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 3) + "..." : name;
        if (group.result().isEmpty()) {
            out.printf(ROW, shown, "-", "-", "-", "-", "-", "unread");
            out.println("  " + group.problem());
            return;
        }
        TraceResult result = group.result().get();
        String verdict = result.violations() > 0 ? "VIOLATED" : result.events().count() == 0 ? "no case" : "holds";
        out.printf(
                ROW,
                shown,
                group.logs().map(logs -> logs.names().size()).orElse(0),
                result.events().count(),
                result.events().published(),
                result.concurrent().count(),
                result.violations(),
                verdict);
    }

    private void csv(Group group) {
        List<String> cells = new ArrayList<>();
        cells.add(group.name());
        if (group.result().isEmpty()) {
            cells.addAll(java.util.Collections.nCopies(6 + Requirement.values().length, ""));
            cells.add(group.problem());
        } else {
            TraceResult result = group.result().get();
            cells.add(
                    String.valueOf(group.logs().map(logs -> logs.names().size()).orElse(0)));
            cells.add(group.logs()
                    .map(logs -> logs.logs().services().size())
                    .orElse(0)
                    .toString());
            cells.add(String.valueOf(result.events().count()));
            cells.add(String.valueOf(result.events().published()));
            cells.add(String.valueOf(result.concurrent().count()));
            cells.add(String.valueOf(result.violations()));
            for (Requirement requirement : Requirement.values()) {
                cells.add(verdict(result, requirement));
            }
            cells.add(first(result));
        }
        out.println(String.join(",", cells.stream().map(GroupSummary::cell).toList()));
    }

    private static String verdict(TraceResult result, Requirement requirement) {
        return result.verdicts().stream()
                .filter(verdict -> verdict.requirement() == requirement)
                .findFirst()
                .map(verdict -> verdict.count() > 0 ? "VIOLATED" : verdict.holds() ? "holds" : "no case")
                .orElse("no case");
    }

    private static String first(TraceResult result) {
        return result.violationsInOrder().stream()
                .findFirst()
                .map(violation -> SafeText.of(violation.toString()))
                .orElse("");
    }

    /** A cell that no spreadsheet takes for a formula. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("(?s).*[\",\\n\\r].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
