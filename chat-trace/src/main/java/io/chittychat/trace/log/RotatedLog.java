package io.chittychat.trace.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log with its rotated files, in the order {@code F.2}, {@code F.1}, {@code F}.
 *
 * @param file the log
 * @param parts the files, the oldest first
 * @param ranges the lines to read
 * @param owner which of these lines are read
 * @param format how lines become records
 */
public record RotatedLog(Path file, List<Path> parts, LineRanges ranges, LogOwners.Owner owner, LineFormat format) {

    /** Lines that are read to recognise a file: the service may print many lines before the first record. */
    private static final int LINES_LOOKED_AT = 5_000;

    public RotatedLog {
        parts = List.copyOf(parts);
    }

    /** The kind of a file. */
    public enum Content {
        PARTICIPANT,
        SERVICE,
        JSON,
        EMPTY,
        /** Text with two bytes for each character, as some editors save it. */
        WIDE,
        OTHER
    }

    /** Bytes that are read to recognise a file: a line may have no end. */
    private static final long BYTES_LOOKED_AT = 1L << 26;

    /** A log with the rotated files that exist. */
    public static RotatedLog of(Path file) {
        List<Path> parts = new ArrayList<>();
        parts.add(file);
        for (int number = 1; Files.isRegularFile(part(file, number)); number++) {
            parts.add(0, part(file, number));
        }
        return new RotatedLog(file, parts);
    }

    private static Path part(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** All lines of a log. */
    public RotatedLog(Path file, List<Path> parts) {
        this(file, parts, LineRanges.ALL, LogOwners.Owner.ANYBODY, LineFormat.NONE);
    }

    /** Some lines of the log. */
    public RotatedLog only(LineRanges some) {
        return new RotatedLog(file, parts, some, owner, format);
    }

    /** The lines of one owner. */
    RotatedLog of(LogOwners.Owner one) {
        return new RotatedLog(file, parts, ranges, one, format);
    }

    /** The same lines in another format. */
    public RotatedLog in(LineFormat another) {
        return new RotatedLog(file, parts, ranges, owner, another);
    }

    /** The kind of the file, according to its first lines. */
    public Content content(LogLines.Opener opener) {
        Content content = Content.EMPTY;
        try (LogLines lines = new LogLines(this, opener, BYTES_LOOKED_AT)) {
            for (int i = 0; i < LINES_LOOKED_AT && lines.next(); i++) {
                String line = lines.text();
                if (ServiceRecord.claims(line)) {
                    return Content.SERVICE;
                } else if (line.startsWith("time=") && line.contains(" kind=")) {
                    return Content.PARTICIPANT;
                } else if (content == Content.EMPTY && !line.isBlank()) {
                    content = contentOfFirst(line);
                }
            }
            return lines.isCut() && content == Content.EMPTY ? contentOfFirst(lines.text()) : content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The kind of a file whose first line is this one. */
    private static Content contentOfFirst(String line) {
        if (line.startsWith("{")) {
            return Content.JSON;
        }
        long zeros =
                line.chars().limit(4).filter(c -> c == 0).count(); // every second byte, perhaps after a byte order mark
        return zeros == 1 || zeros == 2 ? Content.WIDE : Content.OTHER;
    }
}
