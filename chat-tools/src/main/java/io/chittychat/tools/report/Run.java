package io.chittychat.tools.report;

import io.chittychat.tools.trace.LogRecord;
import io.chittychat.tools.trace.ParticipantLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one run left behind.
 *
 * @param participants the participants' logs
 * @param raw the same, line by line, and in the same order
 * @param service what the service printed; without lines if it is not there
 */
record Run(List<ParticipantLog> participants, List<RunLog> raw, RunLog service) {

    private static final String PREFIX = "participant-";

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
        Path output = dir.resolve("output").resolve("server.out");
        return new Run(
                logs.stream().map(ParticipantLog::read).toList(),
                logs.stream().map(RunLog::read).toList(),
                Files.exists(output) ? RunLog.read(output) : new RunLog(output, List.of()));
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

    /** When the first record was written: the run's date, which does not depend on when the report is made. */
    Instant began() {
        return records().map(LogRecord::time).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** The line that a record stands in. */
    String lineOf(LogRecord entry) {
        return logOf(entry.file()).map(log -> log.line(entry.line())).orElse("");
    }

    private Optional<RunLog> logOf(Path file) {
        return raw.stream().filter(log -> log.file().equals(file)).findFirst();
    }
}
