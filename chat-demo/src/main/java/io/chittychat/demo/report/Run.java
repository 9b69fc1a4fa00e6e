package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.demo.process.Workspace;
import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.diagram.SpaceTimeSvg;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.input.LogEpochs;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import io.chittychat.trace.log.RotatedLog;
import io.chittychat.trace.spacetime.Selection;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
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
 * The logs of one run.
 *
 * @param participants the participants' logs
 * @param raw the same logs line by line, in the same order
 * @param services the output of the service, or of each of its nodes; none if it is missing
 * @param processes the log of started and killed processes; without lines if it is missing
 */
record Run(List<ParticipantRecords> participants, List<RunLog> raw, List<RunLog> services, RunLog processes) {

    private static final String PREFIX = "participant-";
    private static final int MOST_VIOLATIONS = 100;

    /** Whether a directory has a run. */
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
        return new Run(
                logs.stream().map(ParticipantRecords::read).toList(),
                logs.stream().map(RunLog::read).toList(),
                Workspace.serviceIn(dir).stream().map(RunLog::read).toList(),
                RunLog.readIfThere(Workspace.processesIn(dir)));
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
        return Stream.of(raw, services, List.of(processes))
                .flatMap(List::stream)
                .filter(log -> !log.lines().isEmpty())
                .map(RunLog::file)
                .toList();
    }

    /**
     * Reads the logs side by side, as the trace does.
     *
     * @param listener receives the steps
     * @throws ReportFailedException if they cannot be read together
     */
    TraceResult trace(TraceListener listener) {
        Map<String, RotatedLog> logs = new TreeMap<>();
        participants.stream()
                .filter(log -> !log.records().isEmpty())
                .forEach(log -> logs.put(log.records().get(0).participant(), RotatedLog.of(log.file())));
        List<RotatedLog> calls = services.stream()
                .filter(log -> !log.lines().isEmpty())
                .map(log -> RotatedLog.of(log.file()))
                .toList();
        try {
            return SideBySide.check(new LogSet(logs, calls, Optional.empty(), this::open), listener, MOST_VIOLATIONS);
        } catch (TraceException e) {
            throw new ReportFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A part of the run as a space-time diagram in SVG.
     *
     * @throws ReportFailedException if the logs cannot be read together
     */
    String diagram(Sequence.LamportRange range) {
        try {
            FoundLogs logs = LogEpochs.of(FoundLogs.of(files())).newest();
            SpaceTimeBuilder builder = logs.builder(Selection.of(range.from(), range.to()));
            SideBySide.check(logs.logs(), builder, 0);
            return SpaceTimeSvg.draw(builder.build(logs.names()));
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

    /** The time of the first record: the run's date, which does not depend on the time of the report. */
    Instant began() {
        return records().map(LogRecord::time).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** The line of a record. */
    String lineOf(LogRecord entry) {
        return logOf(entry.file()).map(log -> log.line(entry.line())).orElse("");
    }

    private Optional<RunLog> logOf(Path file) {
        return Stream.concat(raw.stream(), services.stream())
                .filter(log -> log.file().equals(file))
                .findFirst();
    }
}
