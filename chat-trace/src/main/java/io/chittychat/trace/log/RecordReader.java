package io.chittychat.trace.log;

import io.chittychat.text.LogFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a participant's log record by record. Lines that are no records are told and passed over.
 *
 * <p>Not safe for use by several threads.
 */
public final class RecordReader implements AutoCloseable {

    /** Hears of lines that are no records. */
    public interface Problems {
        void damaged(Place place, String what);
    }

    private final LogFile log;
    private final LogLines lines;
    private final Problems problems;

    /** A reader of a log from its beginning. */
    public RecordReader(LogFile log, LogLines.Opener opener, Problems problems) {
        this.log = log;
        this.lines = new LogLines(log, opener);
        this.problems = problems;
    }

    /** The next record, or null at the end. */
    public @Nullable LogRecord next() {
        try {
            while (lines.next()) {
                Place place = lines.place();
                try {
                    return LogRecord.parse(place.file(), place.line(), lines.text());
                } catch (LogFormatException e) {
                    problems.damaged(place, e.problem());
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log.file(), e);
        }
    }

    /** Where it is. */
    public Place place() {
        return lines.place();
    }

    /** Whether it ended at a line without an end, which was cut or is being written. */
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
