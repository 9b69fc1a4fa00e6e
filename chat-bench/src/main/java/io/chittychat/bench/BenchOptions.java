package io.chittychat.bench;

import io.chittychat.bench.workload.FanOutSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark is asked for.
 *
 * @param home the checkout whose server is measured
 * @param dir where the servers work; what an earlier run left there is removed
 * @param workloads which ones; not empty
 * @param rounds how often each point is measured
 * @param point how long each point is measured
 * @param warmUp how long each point is worked before
 * @param only part of the names of the rows that are wanted; empty for all
 * @param backlog by how many events one who resumes is behind
 * @param fanOut for the workloads with many receivers
 * @param serverOptions JVM options of the server
 * @param output where the report is written
 * @param command what the user typed
 * @param help whether only to say how it is used
 */
record BenchOptions(
        Path home,
        Path dir,
        List<String> workloads,
        int rounds,
        Duration point,
        Duration warmUp,
        String only,
        int backlog,
        FanOutSettings fanOut,
        List<String> serverOptions,
        Path output,
        String command,
        boolean help) {

    static final String USAGE = """
            usage: chitty bench [W1] [W2] [W3] [W4] [W5] [W6] [START] [OPTIONS]

            Starts the service, works it from a process of its own, and writes what it measured as Markdown.

              W1                    what a delivery costs, here and with others, when there is as much to do as can be
              W2                    how long a delivery takes at 2,000 publishes/s, here and with others
              W3                    how long it takes until the last of 5,000 has a message, and their memory
              W4                    acknowledged publishes by 1, 16 and 256 publishers, and by a stream
              W5                    one participant catches up, from memory and from disk
              W6                    what becomes of deliveries while others join and leave
              START                 time to ready, and memory, by the launcher and from the jar
              --rounds N            how often each point is measured (default: 5; in W2, W3 and W6 3 at most)
              --seconds S           how long each point of W4 is measured, and a sixth of those of W2 and W6 (default: 5)
              --contestants A,B     of W1, W2, W3 and W6 only these: chitty-fsync, chitty-memory, textbook, nats, redis, ngircd,
                                    mosquitto, or how they begin (default: all)
              --participants N,N    how many receive in W1 (default: 100)
              --text N,N            how long the texts of W1 are, in code points, 16 at least (default: 64)
              --publishes N         how many publishes a round of W1 has with 100 receivers (default: 200000)
              --audience N          how many receive in W3 (default: 5000)
              --events N            by how many events the participant of W5 is behind (default: 200000)
              --only TEXT           only rows whose name contains that, such as "fsync, 256"
              --quick               2 rounds of 2 seconds: a first impression
              --server-options "O"  JVM options of the service, such as "-XX:StartFlightRecording:filename=w4.jfr"
              --output FILE         where to write the report, with a chart of W1 beside it (default: target/bench/report.md)
              --dir DIR             where the service works (default: target/bench of the checkout)
              --home DIR            the checkout whose service is measured (default: the current directory)
            """;

    /** Where the chart is written: beside the report. */
    Path chart() {
        String name = output.getFileName().toString();
        int end = name.lastIndexOf('.');
        return output.resolveSibling((end > 0 ? name.substring(0, end) : name) + ".svg");
    }

    /**
     * Reads the arguments.
     *
     * @param known the workloads that there are
     * @throws IllegalArgumentException if they cannot be understood, with a sentence for people
     */
    static BenchOptions parse(List<String> arguments, List<String> known) {
        return new Parser(known).parse(new ArrayDeque<>(arguments));
    }

    /** Reads the arguments; later ones win. */
    private static final class Parser {

        private final List<String> known;
        private final List<String> workloads = new ArrayList<>();
        private Path home = Path.of("");
        private @Nullable Path dir;
        private int rounds = 5;
        private double seconds = 5;
        private String only = "";
        private int backlog = 200_000;
        private List<String> contestants = List.of();
        private List<Integer> participants = List.of(100);
        private List<Integer> texts = List.of(64);
        private int publishes = 200_000;
        private int audience = 5_000;
        private List<String> serverOptions = List.of();
        private @Nullable Path output;
        private boolean help;
        private final StringBuilder typed = new StringBuilder();

        Parser(List<String> known) {
            this.known = known;
        }

        BenchOptions parse(Deque<String> rest) {
            while (!rest.isEmpty()) {
                List<String> before = List.copyOf(rest);
                String argument = rest.removeFirst();
                take(argument, rest);
                if (!argument.equals("--home")) { // that is the launcher's
                    before.subList(0, before.size() - rest.size()).forEach(this::typed);
                }
            }
            Duration point = Duration.ofMillis(Math.round(seconds * 1000));
            return new BenchOptions(
                    home,
                    dir == null ? home.resolve("target/bench") : dir,
                    workloads.isEmpty() ? known : List.copyOf(workloads),
                    rounds,
                    point,
                    point.multipliedBy(2),
                    only,
                    backlog,
                    new FanOutSettings(contestants, participants, texts, publishes, audience),
                    serverOptions,
                    output == null ? home.resolve("target/bench/report.md") : output,
                    "./chitty bench" + typed,
                    help);
        }

        private void take(String argument, Deque<String> rest) {
            switch (argument) {
                case "--rounds" -> rounds = count(argument, rest);
                case "--seconds" -> seconds = number(argument, rest);
                case "--events" -> backlog = count(argument, rest);
                case "--contestants" -> contestants = list(argument, rest);
                case "--participants" -> participants = counts(argument, rest, 1);
                case "--text" -> texts = counts(argument, rest, 16);
                case "--publishes" -> publishes = count(argument, rest);
                case "--audience" -> audience = count(argument, rest);
                case "--only" -> only = value(argument, rest);
                case "--quick" -> {
                    rounds = 2;
                    seconds = 2;
                    publishes = 50_000;
                }
                case "--server-options" ->
                    serverOptions = List.of(value(argument, rest).strip().split("\\s+"));
                case "--output" -> output = Path.of(value(argument, rest));
                case "--dir" -> dir = Path.of(value(argument, rest));
                case "--home" -> home = Path.of(value(argument, rest));
                case "--help", "-h" -> help = true;
                default -> workloads.add(workload(argument));
            }
        }

        private void typed(String word) {
            typed.append(' ').append(word.contains(" ") ? '"' + word + '"' : word);
        }

        private String workload(String argument) {
            String id = argument.toUpperCase(Locale.ROOT);
            if (!known.contains(id)) {
                throw new IllegalArgumentException("there is no workload or option " + argument);
            }
            return id;
        }

        private static int count(String option, Deque<String> rest) {
            return Math.max(1, (int) number(option, rest));
        }

        private static List<String> list(String option, Deque<String> rest) {
            return List.of(value(option, rest).toLowerCase(Locale.ROOT).split(","));
        }

        private static List<Integer> counts(String option, Deque<String> rest, int least) {
            return list(option, rest).stream()
                    .map(value -> Math.max(least, (int) number(option, value)))
                    .toList();
        }

        private static double number(String option, Deque<String> rest) {
            return number(option, value(option, rest));
        }

        private static double number(String option, String value) {
            try {
                double number = Double.parseDouble(value);
                if (number > 0 && number <= Integer.MAX_VALUE) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(option + " needs a number above 0, and not " + value);
        }

        private static String value(String option, Deque<String> rest) {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            return rest.removeFirst();
        }
    }
}
