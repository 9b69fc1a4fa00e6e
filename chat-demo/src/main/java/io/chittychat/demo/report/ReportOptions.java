package io.chittychat.demo.report;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the report is asked for.
 *
 * @param home the checkout
 * @param dir the directory of the run
 * @param out the file to write
 * @param help whether only to say how it is used
 */
record ReportOptions(Path home, Path dir, Path out, boolean help) {

    static final String USAGE = """
            usage: chitty report [--dir DIR] [--out FILE]

            Writes a report of the system and of the run that the demo has left, as a PDF: architecture, methods, Lamport
            time, the steps of the run, the requirements with the lines of the logs that show them, and the logs.
            Plays the demo first if there is no run.

              --dir DIR    the directory of the run (default: target/demo of the checkout)
              --out FILE   the report (default: report.pdf in that directory)
              --home DIR   the checkout (default: the current directory)
            """;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if they cannot be understood, with a sentence for people
     */
    static ReportOptions parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Path home = Path.of("");
        Optional<Path> dir = Optional.empty();
        Optional<Path> out = Optional.empty();
        boolean help = false;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--home" -> home = value(option, rest);
                case "--dir" -> dir = Optional.of(value(option, rest));
                case "--out" -> out = Optional.of(value(option, rest));
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }
        Path run = dir.orElse(home.resolve("target").resolve("demo"));
        return new ReportOptions(home, run, out.orElse(run.resolve("report.pdf")), help);
    }

    private static Path value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a path");
        }
        return Path.of(rest.removeFirst());
    }
}
