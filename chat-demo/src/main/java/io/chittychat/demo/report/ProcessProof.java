package io.chittychat.demo.report;

import static io.chittychat.process.ProcessLog.PID;
import static io.chittychat.process.ProcessLog.PROCESS;
import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;

import io.chittychat.demo.report.Proof.Evidence;
import io.chittychat.text.LogFormatException;
import io.chittychat.text.LogfmtLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shows that every participant was a process of its own: as many ids as participants, and which of them were killed. */
final class ProcessProof {

    private final Run run;
    private final List<Evidence> expired;

    /** @param expired a receipt of the end of each expired session */
    ProcessProof(Run run, List<Evidence> expired) {
        this.run = run;
        this.expired = expired;
    }

    Proof proof() {
        Set<String> participants = run.participants().stream()
                .flatMap(log -> log.records().stream().limit(1))
                .map(entry -> entry.participant())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Evidence> started =
                lines(line -> "started".equals(value(line, EVENT)) && participants.contains(value(line, PROCESS)));
        List<Evidence> killed =
                lines(line -> "killed".equals(value(line, EVENT)) && participants.contains(value(line, PROCESS)));
        long names = distinct(started, PROCESS);
        long ids = distinct(started, PID);
        boolean shown = !participants.isEmpty() && names == participants.size() && ids == started.size();
        return new Proof(
                "Processes",
                "Every client is a process of its own.",
                "%d participants, %d process ids.%s".formatted(names, ids, sentence(killed)),
                shown
                        ? Stream.of(started, killed, endsOf(killed))
                                .flatMap(List::stream)
                                .toList()
                        : List.of());
    }

    private String sentence(List<Evidence> killed) {
        if (killed.isEmpty()) {
            return " None of them was killed.";
        }
        String names = names(killed).stream().collect(Collectors.joining(", "));
        return endsOf(killed).isEmpty()
                ? " Killed: %s.".formatted(names)
                : " Killed: %s; the others received the end of the session.".formatted(names);
    }

    /** The receipts of the session ends of killed participants. */
    private List<Evidence> endsOf(List<Evidence> killed) {
        Set<String> names = names(killed);
        return expired.stream()
                .filter(line -> names.contains(value(line.text(), FROM)))
                .toList();
    }

    private static Set<String> names(List<Evidence> lines) {
        return lines.stream().map(line -> value(line.text(), PROCESS)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static long distinct(List<Evidence> lines, String key) {
        return lines.stream().map(line -> value(line.text(), key)).distinct().count();
    }

    private List<Evidence> lines(Predicate<String> wanted) {
        RunLog log = run.processes();
        List<Evidence> found = new ArrayList<>();
        IntStream.rangeClosed(1, log.lines().size())
                .filter(number -> wanted.test(log.line(number)))
                .forEach(number -> found.add(new Evidence(log.name(), number, log.line(number))));
        return found;
    }

    private static String value(String line, String key) {
        try {
            return LogfmtLine.parse(line).find(key).orElse("");
        } catch (LogFormatException e) {
            return "";
        }
    }
}
