package io.chittychat.tools.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        ParticipantLog whole = readOne(file);
        int number = 1;
        for (Path old = old(file, number); Files.exists(old); old = old(file, ++number)) {
            whole = readOne(old).followedBy(whole);
        }
        return whole;
    }

    private static Path old(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private ParticipantLog followedBy(ParticipantLog newer) {
        return new ParticipantLog(
                newer.file(), joined(records, newer.records()), joined(problems, newer.problems()), newer.cut());
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static ParticipantLog readOne(Path file) {
        try {
            return parse(file, new String(Files.readAllBytes(file), UTF_8));
        } catch (NoSuchFileException e) {
            return new ParticipantLog(file, List.of(), List.of(new Problem(0, "there is no such log")), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Reads a log from its content. */
    public static ParticipantLog parse(Path file, String content) {
        List<LogRecord> records = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int line = 0;
        int start = 0;
        for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', start)) {
            line++;
            try {
                records.add(LogRecord.parse(file, line, content.substring(start, end)));
            } catch (LogFormatException e) {
                problems.add(new Problem(line, e.problem()));
            }
            start = end + 1;
        }
        return new ParticipantLog(file, List.copyOf(records), List.copyOf(problems), start < content.length());
    }

    /** The events of the chat that it received, in the order of receipt. */
    public List<LogRecord> events() {
        return records.stream().filter(LogRecord::isEvent).toList();
    }
}
