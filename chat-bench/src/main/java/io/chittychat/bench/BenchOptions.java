package io.chittychat.bench;

import io.chittychat.bench.workload.FanOutSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The arguments of {@code chitty bench}. */
@Command(
        name = "chitty bench",
        synopsisHeading = "usage: ",
        customSynopsis = "chitty bench [WORKLOAD...] [OPTIONS]",
        sortOptions = false,
        description = {
            "",
            "Starts the service, generates load in a process of its own, and writes the measurements as Markdown. The workloads"
                    + " (default: all but W7):",
            "",
            "  W1      cost of a delivery at full load, compared with other servers",
            "  W2      latency of a delivery at 2,000 publishes/s, compared",
            "  W3      time until the last of 5,000 receivers has a message; memory",
            "  W4      acknowledged publishes by 1, 16 and 256 publishers, and a stream,",
            "          compared with durable servers",
            "  W5      one participant catches up, from memory and from disk",
            "  W6      latency of deliveries while other participants join and leave",
            "  W7      several nodes: acknowledged publishes beside the brokers alone,",
            "          deliveries beside the service alone, gaps when nodes and brokers die;",
            "          the launcher downloads the brokers, 60 MB",
            "  START   time to ready, and memory, by the launcher and from the jar",
            "  COLD    cost of the first 300,000 publishes after a start, and of later ones",
            ""
        })
final class BenchOptions {

    /** A text begins with its number. */
    private static final int SHORTEST_TEXT = 16;

    @Parameters(arity = "0..*", paramLabel = "WORKLOAD", hidden = true)
    private List<String> named = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds for each point (default: 5; at most 3 in W2, W3 and W6).")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Duration of each point of W4 and W7, and of a sixth of a point of W2 and W6 (default: 5).")
    private double seconds = 5;

    @Option(
            names = "--contestants",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Servers of W1, W2, W3, W4 and W6, or the beginnings of their names: chitty-fsync, chitty-memory,"
                            + " textbook, nats, redis, ngircd, mosquitto; only of W1 and W3: chitty-connect-proto,"
                            + " chitty-connect-json; of W2 and W4: nats-jetstream, redis-streams, postgresql;"
                            + " only of W4: chitty-os, postgresql-insert, rabbitmq (default: all).")
    private List<String> contestants = List.of();

    @Option(
            names = "--participants",
            paramLabel = "N",
            split = ",",
            description = "Receivers of W1, one point for each number (default: 100).")
    private List<Integer> participants = List.of(100);

    @Option(
            names = "--text",
            paramLabel = "N",
            split = ",",
            description = "Lengths of the texts of W1, in code points, at least 16 (default: 64).")
    private List<Integer> texts = List.of(64);

    @Option(
            names = "--publishes",
            paramLabel = "N",
            description = "Publishes in a round of W1 with 100 receivers (default: 200000).")
    private int publishes = 200_000;

    @Option(names = "--audience", paramLabel = "N", description = "Receivers of W3 (default: 5000).")
    private int audience = 5_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events that the participant of W5 must catch up with (default: 200000).")
    private int backlog = 200_000;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Only rows whose name contains this text, such as \"fsync, 256\".")
    private String only = "";

    @Option(
            names = "--server-options",
            paramLabel = "O",
            description = "JVM options of the service, such as \"-Xmx1g -XX:+UseZGC\".")
    private String serverOptions = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The report, with a chart of W1 beside it (default: target/bench/report.md of the checkout).")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The directory for the servers (default: target/bench of the checkout). Files of an earlier run are"
                            + " removed.")
    private Optional<Path> dir = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The checkout whose service is measured (default: the current directory).")
    private Path home = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    private final List<String> usual;
    private final List<String> known;
    private List<String> typed = List.of();

    /**
     * Options that are not read yet.
     *
     * @param usual the workloads that run unless others are named
     * @param onRequest those that run only if they are named
     */
    BenchOptions(List<String> usual, List<String> onRequest) {
        this.usual = usual;
        this.known = Stream.concat(usual.stream(), onRequest.stream()).toList();
    }

    @Option(names = "--quick", order = -1, description = "2 rounds of 2 seconds, for a first impression.")
    void quick(boolean unused) {
        rounds = 2;
        seconds = 2;
        publishes = 50_000;
    }

    /** A parser of arguments into these options; later ones win. */
    CommandLine parser() {
        return new CommandLine(this)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(80);
    }

    /**
     * Reads the arguments.
     *
     * @throws ParameterException if they are wrong, with a sentence for the user
     */
    void parse(CommandLine parser, List<String> arguments) {
        parser.parseArgs(arguments.toArray(String[]::new));
        typed = arguments;
        for (String name : named) {
            require(known.contains(name.toUpperCase(Locale.ROOT)), parser, "there is no workload " + name);
        }
        IntStream counts = IntStream.concat(
                IntStream.of(rounds, publishes, audience, backlog),
                participants.stream().mapToInt(count -> count));
        require(seconds > 0 && counts.allMatch(count -> count > 0), parser, "all numbers must be above 0");
        require(
                texts.stream().allMatch(length -> length >= SHORTEST_TEXT),
                parser,
                "--text must be at least " + SHORTEST_TEXT);
    }

    private static void require(boolean holds, CommandLine parser, String otherwise) {
        if (!holds) {
            throw new ParameterException(parser, otherwise);
        }
    }

    /** The workloads to run. */
    List<String> workloads() {
        return named.isEmpty()
                ? usual
                : named.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    /** How often each point is measured. */
    int rounds() {
        return rounds;
    }

    /** How long each point is measured. */
    Duration point() {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** How long each point is run before it is measured. */
    Duration warmUp() {
        return point().multipliedBy(2);
    }

    /** A part of the names of the rows to measure; empty for all rows. */
    String only() {
        return only;
    }

    /** The events that a resuming participant must catch up with. */
    int backlog() {
        return backlog;
    }

    /** Settings of the workloads with many receivers. */
    FanOutSettings fanOut() {
        List<String> beginnings =
                contestants.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return new FanOutSettings(beginnings, participants, texts, publishes, audience);
    }

    /** JVM options of the service. */
    List<String> serverOptions() {
        return serverOptions.isBlank()
                ? List.of()
                : List.of(serverOptions.strip().split("\\s+"));
    }

    /** The checkout whose service is measured. */
    Path home() {
        return home;
    }

    /** The working directory of the servers; files of an earlier run are removed. */
    Path dir() {
        return dir.orElse(home.resolve("target/bench"));
    }

    /** The file of the report. */
    Path output() {
        return output.orElse(home.resolve("target/bench/report.md"));
    }

    /** The file of the chart, beside the report. */
    Path chart() {
        String name = output().getFileName().toString();
        int end = name.lastIndexOf('.');
        return output().resolveSibling((end > 0 ? name.substring(0, end) : name) + ".svg");
    }

    /** The command line as the user typed it: without {@code --home}, which the launcher adds. */
    String command() {
        StringBuilder command = new StringBuilder("./chitty bench");
        for (int i = 0; i < typed.size(); i++) {
            String word = typed.get(i);
            if (word.equals("--home")) {
                i++;
            } else {
                command.append(' ').append(word.contains(" ") ? '"' + word + '"' : word);
            }
        }
        return command.toString();
    }

    boolean help() {
        return help;
    }
}
