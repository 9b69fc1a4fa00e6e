package io.chittychat.trace.check;

import java.nio.file.Path;

/**
 * Something that must not be in a log, or is missing from it.
 *
 * @param file the log
 * @param line where in the log, from 1; for something missing the line before which it should stand; 0 is the file as a
 *     whole
 * @param what what is wrong, in words
 */
public record Violation(Path file, int line, String what) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + what;
    }
}
