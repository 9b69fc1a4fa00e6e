package io.chittychat.tools.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the demonstration is asked for.
 *
 * @param home the checkout whose jars are shown
 * @param dir where it works; everything that an earlier run left there is removed
 * @param style how it prints
 * @param help whether only to say how it is used
 */
record DemoOptions(Path home, Path dir, Style style, boolean help) {

    static final String USAGE = """
            usage: chitty demo [--dir DIR] [--color]

            Starts a server and participants as separate processes, plays a conversation with a late join,
            a leave and a crash, and checks what every participant logged. Exit code 0 only if all holds.

              --dir DIR    where it works and leaves the logs (default: target/demo of the checkout)
              --color      in colour, unless NO_COLOR is set
              --home DIR   the checkout whose jars are run (default: the current directory)
            """;

    /**
     * Reads the arguments.
     *
     * @param colourAllowed false if NO_COLOR is set
     * @throws IllegalArgumentException if they cannot be understood, with a sentence for people
     */
    static DemoOptions parse(List<String> arguments, boolean colourAllowed) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        DemoOptions options = new DemoOptions(Path.of(""), Path.of(""), Style.PLAIN, false);
        boolean dirGiven = false;
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--home" -> options = options.withHome(value(option, rest));
                case "--dir" -> {
                    options = options.withDir(value(option, rest));
                    dirGiven = true;
                }
                case "--color" -> options = options.withStyle(colourAllowed ? Style.COLOURED : Style.PLAIN);
                case "--help", "-h" -> options = new DemoOptions(options.home, options.dir, options.style, true);
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }
        return dirGiven
                ? options
                : options.withDir(options.home.resolve("target").resolve("demo"));
    }

    private DemoOptions withHome(Path changed) {
        return new DemoOptions(changed, dir, style, help);
    }

    private DemoOptions withDir(Path changed) {
        return new DemoOptions(home, changed, style, help);
    }

    private DemoOptions withStyle(Style changed) {
        return new DemoOptions(home, dir, changed, help);
    }

    private static Path value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a directory");
        }
        return Path.of(rest.removeFirst());
    }
}
