package io.chittychat.trace.log;

import io.chittychat.text.LogFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a participant's log record by record. Lines that are no records are reported and skipped.
 *
 * <p>Not safe for use by several threads.
 */
public final class RecordReader implements AutoCloseable {

    private static final int MOST_QUOTED = 40;

    /** Receives lines that are no records, or that are damaged. */
    public interface Problems {

        /**
         * A line is damaged.
         *
         * @param what a sentence about it
         * @param isRead whether it is a record nevertheless
         */
        void damaged(Place place, String what, boolean isRead);
    }

    private final RotatedLog log;
    private final LogLines lines;
    private final Problems problems;

    /** A reader of a log from its beginning. */
    public RecordReader(RotatedLog log, LogLines.Opener opener, Problems problems) {
        this.log = log;
        this.lines = new LogLines(log, opener);
        this.problems = problems;
    }

    /** The next record, or null at the end. */
    public @Nullable LogRecord next() {
        try {
            while (lines.next()) {
                Place place = lines.place();
                String line = lines.text();
                if (line.isBlank()) {
                    continue;
                }
                try {
                    LogRecord read = LogRecord.parse(place.file(), place.line(), line);
                    if (!lines.isUtf8()) {
                        problems.damaged(place, "this line is not in UTF-8: " + quoted(line), true);
                    }
                    return read;
                } catch (LogFormatException e) {
                    String problem = lines.isLong()
                            ? "is longer than %,d bytes".formatted(LogLines.LONGEST_LINE_BYTES)
                            : e.problem();
                    problems.damaged(place, noRecord("a participant's log", problem, line), false);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
    }

    /**
     * Says that a line is no record.
     *
     * @param log the kind of log that it should belong to
     * @param problem what is wrong with it; left out if it is only that a character is missing
     */
    public static String noRecord(String log, String problem, String line) {
        boolean telling = problem.startsWith("'")
                || problem.startsWith("has ")
                || problem.startsWith("unknown k")
                || problem.startsWith("is ");
        String why = telling ? " (it %s)".formatted(problem.replaceFirst("^(?!has |is )", "says: ")) : "";
        return "this line is no record of %s%s: %s".formatted(log, why, quoted(line));
    }

    private static String quoted(String line) {
        int end = Math.min(line.length(), MOST_QUOTED);
        return '"' + line.substring(0, end) + (end < line.length() ? "...\"" : "\"");
    }

    /** The place of the last line. */
    public Place place() {
        return lines.place();
    }

    /** Whether reading stopped at a line without an end. */
    public boolean isCut() {
        return lines.isCut();
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + log.file(), e);
        }
    }
}
