package io.chittychat.trace;

import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.log.LineFormat;
import io.chittychat.trace.spacetime.Selection;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of {@code chitty trace}. */
@Command(
        name = "chitty trace",
        synopsisHeading = "usage: ",
        customSynopsis = "chitty trace LOGS... [OPTIONS]",
        sortOptions = false,
        description = {
            "",
            "Reads logs of participants and of the service side by side, in the order of Lamport time, and shows who sent what"
                    + " to whom and whether the rules hold. It needs only the logs, and the logs of some participants suffice:"
                    + " then only these are checked.",
            ""
        },
        footer = {
            "",
            "A drawing has one line for each process; time goes down. If the conversation has too many steps, its first part is"
                    + " drawn: 400 steps in a picture (5,000 of a part that you choose), 100,000 in a page or as data.",
            "",
            "Logs cover several epochs of the service if a backup was restored. Lamport times of different epochs cannot be"
                    + " compared, so each epoch is traced alone: the newest one unless you choose.",
            "",
            "examples:",
            "  chitty trace logs                            all logs of a directory",
            "  chitty trace logs server.log --svg chat.svg  and the service's, drawn",
            "  chitty trace logs node-1.log node-2.log      of a service on two nodes",
            "",
            "exit code: 0 everything holds; 1 a rule is violated; 2 the arguments are wrong, or the files are not the logs of one"
                    + " conversation"
        })
final class TraceOptions {

    @Parameters(
            arity = "1..*",
            paramLabel = "LOGS",
            description = "Files and directories. Rotated files (F.1, F.2) are read with their log.")
    private List<Path> logs = List.of();

    private final Map<Format, Path> drawings = new EnumMap<>(Format.class);

    @Option(names = "--from", order = 14, paramLabel = "L", description = "Draw only this Lamport time and later.")
    private Optional<Long> from = Optional.empty();

    @Option(names = "--to", order = 15, paramLabel = "L", description = "Draw only this Lamport time and earlier.")
    private Optional<Long> to = Optional.empty();

    @Option(
            names = "--participants",
            order = 16,
            paramLabel = "NAME",
            split = ",",
            description = "Draw only these participants.")
    private Set<String> participants = new LinkedHashSet<>();

    @Option(
            names = "--epoch",
            order = 17,
            paramLabel = "ID",
            description = "Trace this epoch: its identity, or the beginning of it.")
    private Optional<String> epoch = Optional.empty();

    @Option(
            names = "--all",
            order = 18,
            description =
                    "Trace all epochs, and list all violations instead of the first 100. Only the newest epoch is drawn.")
    private boolean all;

    @Option(
            names = {"-h", "--help"},
            order = 19,
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    @Option(names = "--svg", order = 0, paramLabel = "FILE", description = "Draw a space-time diagram as a picture.")
    void svg(Path file) {
        drawings.put(Format.SVG, file);
    }

    @Option(names = "--html", order = 1, paramLabel = "FILE", description = "Draw it as a page to walk through.")
    void html(Path file) {
        drawings.put(Format.HTML, file);
    }

    @Option(
            names = "--plantuml",
            order = 2,
            paramLabel = "FILE",
            description = "Write a sequence diagram for PlantUML.")
    void plantUml(Path file) {
        drawings.put(Format.PLANTUML, file);
    }

    @Option(names = "--mermaid", order = 3, paramLabel = "FILE", description = "Write one for Mermaid.")
    void mermaid(Path file) {
        drawings.put(Format.MERMAID, file);
    }

    @Option(
            names = "--shiviz",
            order = 4,
            paramLabel = "FILE",
            description = "Write a log with vector clocks for ShiViz.")
    void shiViz(Path file) {
        drawings.put(Format.SHIVIZ, file);
    }

    @Option(names = "--chrome", order = 5, paramLabel = "FILE", description = "Write trace events for Perfetto.")
    void chrome(Path file) {
        drawings.put(Format.CHROME, file);
    }

    @Option(names = "--json", order = 6, paramLabel = "FILE", description = "Write the diagram as data.")
    void json(Path file) {
        drawings.put(Format.JSON, file);
    }

    @Option(
            names = "--format",
            order = 20,
            paramLabel = "REGEX",
            description = {
                "Read lines of other programs. Named groups tell what is where: time, participant, kind, event, lamport,"
                        + " clock, from, sent, text, sequence, outcome. Several are tried in order; each may look at 2"
                        + " million characters a line."
            })
    private List<String> formats = List.of();

    @Option(names = "--summary", order = 21, description = "Check each of LOGS by itself, and print one row for each.")
    private boolean summary;

    @Option(names = "--csv", order = 22, description = "Print the summary as CSV.")
    private boolean csv;

    @Option(
            names = "--compare",
            order = 23,
            description = "Compare the events of two LOGS; exit code 1 if they differ.")
    private boolean compare;

    /** A parser of arguments into these options. */
    CommandLine parser() {
        return new CommandLine(this)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(80);
    }

    /**
     * Checks options that depend on others.
     *
     * @throws IllegalArgumentException if they do not fit, with a sentence for the user
     */
    void requireValid() {
        requireOneCommand();
        require(from.orElse(0L) >= 0 && to.orElse(0L) >= 0, "a Lamport time is 0 or more");
        require(from.orElse(0L) <= to.orElse(Long.MAX_VALUE), "--from is later than --to");
        require(
                !drawings.isEmpty() || selection().isWhole(),
                "--from, --to and --participants are for a drawing: add --svg, --html or another one");
    }

    private void requireOneCommand() {
        require(!csv || summary, "--csv is for a summary: add --summary");
        require(!(summary && compare), "--summary and --compare are two things");
        require(!(summary || compare) || drawings.isEmpty(), "--summary and --compare draw nothing");
        require(!compare || logs.size() == 2, "--compare needs two LOGS");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The format of the lines. */
    LineFormat format() {
        return LineFormat.of(formats);
    }

    boolean summary() {
        return summary;
    }

    boolean csv() {
        return csv;
    }

    boolean compare() {
        return compare;
    }

    /** Files and directories. */
    List<Path> logs() {
        return logs;
    }

    /** The part of the conversation to draw. */
    Selection selection() {
        return new Selection(toOptionalLong(from), toOptionalLong(to), participants);
    }

    private static OptionalLong toOptionalLong(Optional<Long> time) {
        return time.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The files of the drawings. */
    Map<Format, Path> drawings() {
        return drawings;
    }

    /** The epoch to trace, or the beginning of its identity; empty for the newest. */
    Optional<String> epoch() {
        return epoch;
    }

    /** Whether all epochs are traced, and all violations listed. */
    boolean all() {
        return all;
    }

    boolean help() {
        return help;
    }
}
