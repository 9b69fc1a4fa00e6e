package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A log of a run, line by line.
 *
 * @param file its file
 * @param lines its lines, without line ends
 */
record RunLog(Path file, List<String> lines) {

    static RunLog read(Path file) {
        try {
            return new RunLog(
                    file, new String(Files.readAllBytes(file), UTF_8).lines().toList());
        } catch (IOException e) {
            throw new ReportFailedException("cannot read " + file, e);
        }
    }

    /** Reads a log; without lines if it is missing. */
    static RunLog readIfThere(Path file) {
        return Files.exists(file) ? read(file) : new RunLog(file, List.of());
    }

    /** The name of the file. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /**
     * A line of it.
     *
     * @param number its number, from 1
     */
    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
