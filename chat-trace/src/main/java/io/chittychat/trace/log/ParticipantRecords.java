package io.chittychat.trace.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The readable records of one participant's log.
 *
 * @param file the log
 * @param records the records, in the order of the file
 * @param problems lines that are no records; a missing file is a problem on line 0
 * @param cut whether the last line has no end, because its writer was killed or is still writing; it is not among the records
 */
public record ParticipantRecords(Path file, List<LogRecord> records, List<Problem> problems, boolean cut) {

    /**
     * A line that is no record.
     *
     * @param line its place in the log, from 1; 0 is the file as a whole
     * @param what the problem of the line
     */
    public record Problem(int line, String what) {}

    /**
     * Reads a log with its rotated files. The participant may still be writing.
     *
     * @throws UncheckedIOException if a file exists and cannot be read
     */
    public static ParticipantRecords read(Path file) {
        return Files.exists(file)
                ? read(RotatedLog.of(file), Files::newInputStream)
                : new ParticipantRecords(file, List.of(), List.of(new Problem(0, "there is no such log")), false);
    }

    /** Reads a log from its content. */
    public static ParticipantRecords parse(Path file, String content) {
        return read(new RotatedLog(file, List.of(file)), part -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private static ParticipantRecords read(RotatedLog log, LogLines.Opener opener) {
        List<LogRecord> records = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (RecordReader reader =
                new RecordReader(log, opener, (place, what, isRead) -> problems.add(new Problem(place.line(), what)))) {
            for (LogRecord entry = reader.next(); entry != null; entry = reader.next()) {
                records.add(entry);
            }
            return new ParticipantRecords(log.file(), List.copyOf(records), List.copyOf(problems), reader.isCut());
        }
    }

    /** The received events, in the order of receipt. */
    public List<LogRecord> events() {
        return records.stream().filter(LogRecord::isEvent).toList();
    }
}
