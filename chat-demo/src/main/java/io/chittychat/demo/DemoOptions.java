package io.chittychat.demo;

import io.chittychat.demo.scenario.ScenarioParser;
import io.chittychat.demo.scenario.Scenarios;
import io.chittychat.trace.console.Style;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments of {@code chitty demo}. */
@Command(
        name = "chitty demo",
        synopsisHeading = "usage: ",
        customSynopsis = "chitty demo [OPTIONS]",
        sortOptions = false,
        description = {
            "",
            "Starts a server and participants as separate processes, plays a scenario with them, and checks the logs of all"
                    + " participants. It leaves the logs, the trace with its diagrams, and a report.",
            ""
        },
        footer = {
            "",
            "exit code: 0 everything holds; 1 a requirement is violated, or the conversation stopped early; 2 the arguments or the"
                    + " scenario are wrong; 3 everything holds, but a drawing or the report could not be made",
            "",
            "A scenario is a text file with one step in a line:",
            "",
            ScenarioParser.FORMAT
        })
final class DemoOptions {

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "The scenario to play (default: ${DEFAULT-VALUE}).",
            defaultValue = Scenarios.FIRST)
    private String scenario = Scenarios.FIRST;

    @Option(names = "--list", description = "List the scenarios.")
    private boolean list;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "The directory for processes and logs (default: target/demo of the checkout). Files of an earlier"
                            + " demo are removed.")
    private Optional<Path> dir = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Break unreliable lines at the same places as the run with this seed.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--no-report", description = "Do not write the report, which takes as long as the conversation.")
    private boolean noReport;

    @Option(names = "--color", description = "Print in colour, unless NO_COLOR is set.")
    private boolean colour;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The checkout whose jars are run (default: the current directory).")
    private Path home = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    /** A parser of arguments into these options. */
    CommandLine parser() {
        return new CommandLine(this)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(80);
    }

    /** The name of a scenario of this program, or a file. */
    String scenario() {
        return scenario;
    }

    boolean list() {
        return list;
    }

    boolean help() {
        return help;
    }

    /** The checkout whose jars are run. */
    Path home() {
        return home;
    }

    /** The working directory; files of an earlier run are removed. */
    Path dir() {
        return dir.orElse(home.resolve("target").resolve("demo"));
    }

    /** @param allowed false if NO_COLOR is set */
    Style style(boolean allowed) {
        return colour && allowed ? Style.COLOURED : Style.PLAIN;
    }

    boolean report() {
        return !noReport;
    }

    /** The seed of random events, if a run is repeated. */
    OptionalLong seed() {
        return seed.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
