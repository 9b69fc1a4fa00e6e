package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one run left behind.
 *
 * @param participants the participants' logs
 * @param raw the same, line by line, and in the same order
 * @param service what the service printed; without lines if it is not there
 * @param processes which processes there were, as the demonstration wrote down; without lines if that is not there
 */
record Run(List<ParticipantRecords> participants, List<RunLog> raw, RunLog service, RunLog processes) {

    private static final String PREFIX = "participant-";
    private static final int MOST_VIOLATIONS = 100;

    /** Whether there is a run in a directory. */
    static boolean isIn(Path dir) {
        return !logs(dir).isEmpty();
    }

    /**
     * Reads a run.
     *
     * @param dir the directory of the demonstration
     * @throws ReportFailedException if there is none
     */
    static Run read(Path dir) {
        List<Path> logs = logs(dir);
        if (logs.isEmpty()) {
            throw new ReportFailedException("there are no logs of a run in " + dir);
        }
        Path output = dir.resolve("output");
        return new Run(
                logs.stream().map(ParticipantRecords::read).toList(),
                logs.stream().map(RunLog::read).toList(),
                RunLog.readIfThere(output.resolve("server.out")),
                RunLog.readIfThere(output.resolve("processes.logfmt")));
    }

    private static List<Path> logs(Path dir) {
        Path logs = dir.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(logs)) {
            return content.filter(file -> String.valueOf(file.getFileName()).startsWith(PREFIX))
                    .filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new ReportFailedException("cannot read " + logs, e);
        }
    }

    /** All records, one participant after the other. */
    Stream<LogRecord> records() {
        return participants.stream().flatMap(log -> log.records().stream());
    }

    /** The files of all logs. */
    List<Path> files() {
        return Stream.concat(raw.stream(), Stream.of(service))
                .filter(log -> !log.lines().isEmpty())
                .map(RunLog::file)
                .toList();
    }

    /**
     * Reads the logs side by side, as the trace does.
     *
     * @param listener is told what happened
     * @throws ReportFailedException if they cannot be read together
     */
    TraceResult trace(TraceListener listener) {
        Map<String, RotatedLog> logs = new TreeMap<>();
        participants.stream()
                .filter(log -> !log.records().isEmpty())
                .forEach(log -> logs.put(log.records().get(0).participant(), RotatedLog.of(log.file())));
        Optional<RotatedLog> calls =
                service.lines().isEmpty() ? Optional.empty() : Optional.of(RotatedLog.of(service.file()));
        try {
            return SideBySide.check(new LogSet(logs, calls, Optional.empty(), this::open), listener, MOST_VIOLATIONS);
        } catch (TraceException e) {
            throw new ReportFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private InputStream open(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.newInputStream(file);
        }
        List<String> lines = logOf(file).map(RunLog::lines).orElse(List.of());
        return new ByteArrayInputStream(lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8));
    }

    /** When the first record was written: the run's date, which does not depend on when the report is made. */
    Instant began() {
        return records().map(LogRecord::time).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** The line that a record stands in. */
    String lineOf(LogRecord entry) {
        return logOf(entry.file()).map(log -> log.line(entry.line())).orElse("");
    }

    private Optional<RunLog> logOf(Path file) {
        return Stream.concat(raw.stream(), Stream.of(service))
                .filter(log -> log.file().equals(file))
                .findFirst();
    }
}
