package io.chittychat.demo;

import io.chittychat.demo.scenario.ScenarioParser;
import io.chittychat.demo.scenario.Scenarios;
import io.chittychat.trace.console.Style;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstration is asked for.
 *
 * @param task what to do
 * @param scenario what is played: the name of a shipped one, or a file
 * @param home the checkout whose jars are shown
 * @param dir where it works; everything that an earlier run left there is removed
 * @param style how it prints
 * @param report whether a report is written
 * @param seed of what happens at random, if that is to be repeated
 */
record DemoOptions(Task task, String scenario, Path home, Path dir, Style style, boolean report, OptionalLong seed) {

    /** What to do. */
    enum Task {
        PLAY,
        LIST,
        HELP
    }

    static final String USAGE = """
            usage: chitty demo [--scenario NAME|FILE] [--list] [--dir DIR] [--seed N] [--no-report] [--color]

            Starts a server and participants as separate processes, plays a scenario with them, and checks what
            every participant logged. Leaves the logs, the trace with its diagrams, and a report.

            Exit code: 0 everything holds; 1 something does not, or the conversation stopped early; 2 the arguments or the
            scenario cannot be understood; 3 everything holds, but a picture or the report could not be made.

              --scenario NAME|FILE  what is played (default: %s); --list tells which there are
              --list                list the scenarios
              --dir DIR             where it works and leaves the logs (default: target/demo of the checkout)
              --seed N              break unreliable lines where a run with this seed did
              --no-report           without the report, which takes as long as the conversation
              --color               in colour, unless NO_COLOR is set
              --home DIR            the checkout whose jars are run (default: the current directory)

            A scenario is a text file with one step a line:

            %s""".formatted(Scenarios.SHIPPED.get(0), ScenarioParser.FORMAT);

    /**
     * Reads the arguments.
     *
     * @param colourAllowed false if NO_COLOR is set
     * @throws IllegalArgumentException if they cannot be understood, with a sentence for people
     */
    static DemoOptions parse(List<String> arguments, boolean colourAllowed) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Task task = Task.PLAY;
        String scenario = Scenarios.SHIPPED.get(0);
        Path home = Path.of("");
        @Nullable Path dir = null;
        Style style = Style.PLAIN;
        boolean report = true;
        OptionalLong seed = OptionalLong.empty();
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            switch (option) {
                case "--scenario" -> scenario = value(option, "the name of a scenario, or a file", rest);
                case "--home" -> home = Path.of(value(option, "a directory", rest));
                case "--dir" -> dir = Path.of(value(option, "a directory", rest));
                case "--seed" -> seed = OptionalLong.of(number(option, rest));
                case "--color" -> style = colourAllowed ? Style.COLOURED : Style.PLAIN;
                case "--no-report" -> report = false;
                case "--list" -> task = Task.LIST;
                case "--help", "-h" -> task = Task.HELP;
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }
        Path work = dir == null ? home.resolve("target").resolve("demo") : dir;
        return new DemoOptions(task, scenario, home, work, style, report, seed);
    }

    private static String value(String option, String what, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs " + what);
        }
        return rest.removeFirst();
    }

    private static long number(String option, Deque<String> rest) {
        String value = value(option, "a number", rest);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + value + "'", e);
        }
    }
}
