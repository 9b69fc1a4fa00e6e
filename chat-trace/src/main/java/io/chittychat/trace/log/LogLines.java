package io.chittychat.trace.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

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

    private static final String BAR = "| ";
    private static final int LONGEST_PREFIX = 80;
    private static final int BUFFER_BYTES = 1 << 14;
    static final int LONGEST_LINE_BYTES = 1 << 16;

    private final Opener opener;
    private final Iterator<Path> rest;
    private final LineRanges wanted;
    private final LogOwners.Owner owner;
    private final @Nullable Translator translator;
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
    private @Nullable String text; // of the line, once it was asked for

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
        this.owner = log.owner();
        this.translator = log.format().isNone() ? null : new Translator(log.format(), stem(log.file()));
    }

    /** Goes to the next selected line that has an end; false if there is none. */
    public boolean next() throws IOException {
        while (!wanted.areBefore(ordinal + 1) && nextLine()) {
            ordinal++;
            if (wanted.has(ordinal) && (owner.isAnybody() || owner.owns(text()))) {
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
        text = null;
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

    /** The line, without its end, and without what other programs put before it. */
    public String text() {
        String known = text;
        if (known == null) {
            boolean windows = length > 0 && line[length - 1] == '\r';
            known = withoutPrefix(new String(line, 0, windows ? length - 1 : length, UTF_8));
            if (translator != null) {
                known = translator.translate(known);
            }
            text = known;
        }
        return known;
    }

    /** The participant that a file is named after. */
    private static String stem(Path file) {
        return String.valueOf(file.getFileName())
                .replaceFirst("^participant-", "")
                .replaceFirst("\\.(log|out|txt)$", "");
    }

    /** Removes a byte order mark, and the name that {@code docker compose logs} puts before each line. */
    private static String withoutPrefix(String line) {
        if (line.startsWith("time=")) {
            return line;
        }
        String marked = line.startsWith("\ufeff") ? line.substring(1) : line;
        int bar = marked.indexOf(BAR);
        return bar > 0 && bar <= LONGEST_PREFIX && isServiceName(marked, bar)
                ? marked.substring(bar + BAR.length())
                : marked;
    }

    private static boolean isServiceName(String line, int end) {
        boolean name = true;
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            boolean part = Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
            if (!part && (c != ' ' || i == 0)) {
                return false;
            }
            if (part && !name) {
                return false; // another word
            }
            name = part;
        }
        return true;
    }

    /** Whether the line is well-formed UTF-8. */
    boolean isUtf8() {
        for (int i = 0; i < length; i++) {
            if (line[i] < 0) {
                return isDecoded();
            }
        }
        return true;
    }

    private boolean isDecoded() {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return length == LONGEST_LINE_BYTES; // cut inside a character
        }
    }

    /** Whether only the beginning of the line is kept. */
    boolean isLong() {
        return length == LONGEST_LINE_BYTES;
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
