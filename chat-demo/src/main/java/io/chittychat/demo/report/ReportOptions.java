package io.chittychat.demo.report;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments of {@code chitty report}. */
@Command(
        name = "chitty report",
        synopsisHeading = "usage: ",
        customSynopsis = "chitty report [OPTIONS]",
        sortOptions = false,
        description = {
            "",
            "Writes a report of the system and of the last demo as a PDF: architecture, methods, Lamport time, the steps of the"
                    + " run, the requirements with the log lines that show them, and the logs. Plays the demo first if there is no"
                    + " run.",
            ""
        },
        footer = {
            "",
            "exit code: 0 the report is written; 1 it is not; 2 the arguments are wrong; that of the demo if it fails"
        })
final class ReportOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The directory of the run (default: target/demo of the checkout).")
    private Optional<Path> dir = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "The report (default: report.pdf in that directory).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--home", paramLabel = "DIR", description = "The checkout (default: the current directory).")
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

    /** The checkout. */
    Path home() {
        return home;
    }

    /** The directory of the run. */
    Path dir() {
        return dir.orElse(home.resolve("target").resolve("demo"));
    }

    /** The file to write. */
    Path out() {
        return out.orElse(dir().resolve("report.pdf"));
    }

    boolean help() {
        return help;
    }
}
