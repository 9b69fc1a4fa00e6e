package io.chittychat.trace.check;

import java.nio.file.Path;

/**
 * A record that must not be in a log, or that is missing from it.
 *
 * @param file the log
 * @param line the line, from 1; for a missing record the line that it should stand before; 0 is the whole file
 * @param what the problem, as a sentence
 */
public record Violation(Path file, int line, String what) {

    /** Its place as it is shown. */
    public String place() {
        return file + ":" + line;
    }

    @Override
    public String toString() {
        return place() + ": " + what;
    }
}
