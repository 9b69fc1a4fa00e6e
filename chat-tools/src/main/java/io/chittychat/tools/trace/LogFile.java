package io.chittychat.tools.trace;

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
        OTHER
    }

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
        try (LogLines lines = new LogLines(this, opener)) {
            for (int i = 0; i < LINES_LOOKED_AT && lines.next(); i++) {
                String line = lines.text();
                if (ServiceRecord.claims(line)) {
                    return Content.SERVICE;
                } else if (line.startsWith("time=") && line.contains(" kind=")) {
                    return Content.PARTICIPANT;
                } else if (content == Content.EMPTY && !line.isBlank()) {
                    content = line.startsWith("{") ? Content.JSON : Content.OTHER;
                }
            }
            return lines.isCut() && content == Content.EMPTY ? Content.OTHER : content;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
