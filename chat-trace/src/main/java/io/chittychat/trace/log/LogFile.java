package io.chittychat.trace.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log and, before it, the parts of it that were put aside when it was long: {@code F.2}, {@code F.1}, then {@code F}.
 *
 * @param file the log
 * @param parts the files that it is in, the oldest first
 * @param stretches which lines of it are looked at
 */
public record LogFile(Path file, List<Path> parts, Stretches stretches) {

    /** What is looked at to tell what a file is: the service may say a lot before the first record. */
    private static final int LINES_LOOKED_AT = 5_000;

    public LogFile {
        parts = List.copyOf(parts);
    }

    /** What a file is. */
    public enum Content {
        PARTICIPANT,
        SERVICE,
        JSON,
        EMPTY,
        /** Text with two bytes a character, as some editors save it. */
        WIDE,
        OTHER
    }

    /** So much of a file, whatever its lines: what has no line end has no end, maybe. */
    private static final long BYTES_LOOKED_AT = 1L << 26;

    /** A log with the parts of it that are there. */
    public static LogFile of(Path file) {
        List<Path> parts = new ArrayList<>();
        parts.add(file);
        for (int number = 1; Files.isRegularFile(part(file, number)); number++) {
            parts.add(0, part(file, number));
        }
        return new LogFile(file, parts);
    }

    private static Path part(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** The whole of a log. */
    public LogFile(Path file, List<Path> parts) {
        this(file, parts, Stretches.ALL);
    }

    /** Some lines of it. */
    public LogFile only(Stretches some) {
        return new LogFile(file, parts, some);
    }

    /** What it is, as its first lines tell. */
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

    /** Of a file of which this is the first line that is no record. */
    private static Content contentOfFirst(String line) {
        if (line.startsWith("{")) {
            return Content.JSON;
        }
        long zeros =
                line.chars().limit(4).filter(c -> c == 0).count(); // every other byte, perhaps after a byte order mark
        return zeros == 1 || zeros == 2 ? Content.WIDE : Content.OTHER;
    }
}
