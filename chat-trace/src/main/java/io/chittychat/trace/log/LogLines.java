package io.chittychat.trace.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The lines of a log, file after file. Memory holds one line, and only the beginning of a line that is longer than any
 * record.
 *
 * <p>Not safe for use by several threads.
 */
public final class LogLines implements AutoCloseable {

    /** Opens a file. */
    public interface Opener {
        InputStream open(Path part) throws IOException;
    }

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int LONGEST_LINE_BYTES = 1 << 16;

    private final Opener opener;
    private final Iterator<Path> rest;
    private final LineRanges wanted;
    private final long most;
    private long read; // bytes of the current file
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private InputStream in = InputStream.nullInputStream();
    private Path part = Path.of("");
    private byte[] line = new byte[256];
    private int length;
    private int number;
    private long ordinal; // the line's number in the whole log, from 1
    private boolean cut;

    /** Reads the selected lines of a log. */
    public LogLines(RotatedLog log, Opener opener) {
        this(log, opener, Long.MAX_VALUE);
    }

    /** @param most the bytes of each file that are read, rounded up to a buffer */
    LogLines(RotatedLog log, Opener opener, long most) {
        this.most = most;
        this.opener = opener;
        this.rest = log.parts().iterator();
        this.wanted = log.ranges();
    }

    /** Goes to the next selected line that has an end; false if there is none. */
    public boolean next() throws IOException {
        while (!wanted.areBefore(ordinal + 1) && nextLine()) {
            ordinal++;
            if (wanted.has(ordinal)) {
                return true;
            }
        }
        return false;
    }

    private boolean nextLine() throws IOException {
        cut = false;
        while (!readLine()) {
            if (length > 0) {
                cut = !rest.hasNext();
                return !cut; // a line without an end inside the log counts as a line
            }
            if (!rest.hasNext()) {
                return false;
            }
            open(rest.next());
        }
        return true;
    }

    private void open(Path next) throws IOException {
        in.close();
        part = next;
        number = 0;
        read = 0;
        at = 0;
        end = 0;
        in = opener.open(next);
    }

    /** Reads up to the end of a line; false if the file ends before it. */
    private boolean readLine() throws IOException {
        length = 0;
        while (true) {
            if (at == end) {
                end = read < most ? in.read(buffer) : -1;
                read += Math.max(0, end);
                at = 0;
                if (end <= 0) {
                    end = 0;
                    number += length > 0 ? 1 : 0;
                    return false;
                }
            }
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            keep(stop);
            boolean complete = stop < end;
            at = complete ? stop + 1 : stop;
            if (complete) {
                number++;
                return true;
            }
        }
    }

    private void keep(int stop) {
        int kept = Math.min(stop - at, LONGEST_LINE_BYTES - length);
        if (length + kept > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + kept));
        }
        System.arraycopy(buffer, at, line, length, kept);
        length += kept;
    }

    /** The line, without its end. */
    public String text() {
        boolean windows = length > 0 && line[length - 1] == '\r';
        return new String(line, 0, windows ? length - 1 : length, UTF_8);
    }

    /** The place of the line. */
    public Place place() {
        return new Place(part, number);
    }

    /** The number of the line in the whole log, across its files, from 1. */
    public long ordinal() {
        return ordinal;
    }

    /** Whether reading stopped at a line without an end: its writer was killed, or is still writing. */
    public boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
