package io.chittychat.trace.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one participant wrote down, as far as it can be read.
 *
 * @param file the log
 * @param records the records, in the order of the file
 * @param problems lines that are no records; a missing file is a problem on line 0
 * @param cut whether the last line has no end, so that its writer was killed or is still writing; it is not among the records
 */
public record ParticipantLog(Path file, List<LogRecord> records, List<Problem> problems, boolean cut) {

    /**
     * A line that is no record.
     *
     * @param line its place in the log, from 1; 0 is the file as a whole
     * @param what what is wrong with it
     */
    public record Problem(int line, String what) {}

    /**
     * Reads a log, and before it the parts of it that were put aside when it was long: {@code F.2}, {@code F.1}, then
     * {@code F}. It may still be being written.
     *
     * @throws UncheckedIOException if a file is there and cannot be read
     */
    public static ParticipantLog read(Path file) {
        return Files.exists(file)
                ? read(LogFile.of(file), Files::newInputStream)
                : new ParticipantLog(file, List.of(), List.of(new Problem(0, "there is no such log")), false);
    }

    /** Reads a log from its content. */
    public static ParticipantLog parse(Path file, String content) {
        return read(new LogFile(file, List.of(file)), part -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private static ParticipantLog read(LogFile log, LogLines.Opener opener) {
        List<LogRecord> records = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (RecordReader reader =
                new RecordReader(log, opener, (place, what) -> problems.add(new Problem(place.line(), what)))) {
            for (LogRecord entry = reader.next(); entry != null; entry = reader.next()) {
                records.add(entry);
            }
            return new ParticipantLog(log.file(), List.copyOf(records), List.copyOf(problems), reader.isCut());
        }
    }

    /** The events of the chat that it received, in the order of receipt. */
    public List<LogRecord> events() {
        return records.stream().filter(LogRecord::isEvent).toList();
    }
}
