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

    /** Receives lines that are no records. */
    public interface Problems {
        void damaged(Place place, String what);
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
