package io.chittychat.demo.faults.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads on in the service's output: what grows there, and what should not stand there. Not safe for use by several threads. */
public final class ServiceLogWatch {

    private static final int SHOWN = 300; // characters of a line
    private static final int LONGEST_LINE = 1024; // bytes, with everything that callers choose in it
    private static final Pattern TROUBLE =
            Pattern.compile("(^|\\s)(level=)?ERROR\\s|^\\s+at \\S+\\(|^\\s*(Caused by|Suppressed): |^Exception in"
                    + " |^\\S+(Exception|Error)(:|$)");

    private final Path file;
    private long position;
    private long lines;

    /** @param file the output; what it holds already is read with the first look */
    public ServiceLogWatch(Path file) {
        this.file = file;
    }

    /** The new lines. */
    public Growth look() {
        byte[] more = readOn();
        List<String> troubles = new ArrayList<>();
        int start = 0;
        int count = 0;
        for (int i = 0; i < more.length; i++) {
            if (more[i] == '\n') {
                String line = new String(more, start, i - start, UTF_8);
                if (TROUBLE.matcher(line).find() || i - start > LONGEST_LINE) {
                    troubles.add("%d: %s"
                            .formatted(lines + count + 1, line.substring(0, Math.min(SHOWN, line.length()))));
                }
                count++;
                start = i + 1;
            }
        }
        position += start;
        lines += count;
        return new Growth(start, count, List.copyOf(troubles));
    }

    private byte[] readOn() {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] more = new byte[Math.toIntExact(in.length() - position)];
            in.readFully(more);
            return more;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the service's output", e);
        }
    }

    /**
     * What was written since the last look.
     *
     * @param bytes of whole lines
     * @param troubles lines at ERROR, of a stack trace, or too long; with their numbers
     */
    public record Growth(long bytes, long lines, List<String> troubles) {}
}
