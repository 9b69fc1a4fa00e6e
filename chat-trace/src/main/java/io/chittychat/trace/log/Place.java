package io.chittychat.trace.log;

import java.nio.file.Path;

/**
 * A line of a log.
 *
 * @param file the log
 * @param line its number, from 1; 0 is the whole file
 */
public record Place(Path file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
