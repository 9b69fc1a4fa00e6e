package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.console.TraceReport;
import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.input.LogEpochs;
import io.chittychat.trace.spacetime.Parts;
import io.chittychat.trace.spacetime.SpaceTime;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** {@code chitty trace}: shows from logs alone who sent what to whom, and whether the rules hold. */
public final class TraceCommand {

    private static final int MOST_LISTED = 100;

    private final TraceOptions options;
    private final PrintStream out;

    private TraceCommand(TraceOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Exits with the exit code of {@link #run}. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * Traces.
     *
     * @return the exit code: 0 if everything holds, 1 if a rule is violated, 2 if the arguments are wrong or the files are not the
     *     logs of one conversation
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        TraceOptions options = new TraceOptions();
        CommandLine parser = options.parser();
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
            if (options.help()) {
                parser.usage(out, CommandLine.Help.Ansi.OFF);
                return 0;
            }
            options.requireValid();
            return new TraceCommand(options, out).run();
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            err.println("chitty trace: " + e.getMessage());
            err.println("See chitty trace --help.");
            return 2;
        } catch (TraceException | UncheckedIOException e) {
            err.println("chitty trace: " + e.getMessage());
            return 2;
        }
    }

    private int run() {
        if (options.summary()) {
            return new GroupSummary(options.format(), out).print(options.logs(), options.csv());
        }
        boolean right = options.compare()
                ? new RunComparison(options.format(), out)
                        .print(options.logs().get(0), options.logs().get(1))
                : traced();
        return right ? 0 : 1;
    }

    private boolean traced() {
        LogEpochs epochs = LogEpochs.of(FoundLogs.of(options.logs(), options.format()));
        if (epochs.all().size() < 2 && options.epoch().isEmpty()) {
            return trace(epochs.newest(), true);
        }
        List<LogEpochs.Epoch> all = epochs.all();
        LogEpochs.Epoch chosen = options.epoch().map(epochs::named).orElseGet(() -> all.get(all.size() - 1));
        list(all, chosen);
        boolean holds = true;
        for (LogEpochs.Epoch epoch : options.all() && options.epoch().isEmpty() ? all : List.of(chosen)) {
            out.printf("%nEpoch %s:%n", SafeText.of(epoch.id()));
            holds &= trace(epochs.of(epoch), epoch.equals(chosen));
        }
        return holds;
    }

    /** Prints the epochs of the logs, and which one is traced. */
    private void list(List<LogEpochs.Epoch> epochs, LogEpochs.Epoch chosen) {
        out.printf("The logs cover %,d epochs of the service, each with its own Lamport times:%n", epochs.size());
        epochs.forEach(epoch -> out.printf(
                "  epoch %s, from %s%s%n",
                SafeText.of(epoch.id()),
                epoch.began(),
                epoch.equals(chosen) && !options.all() ? ", which is traced" : ""));
        if (!options.all()) {
            out.println("Choose another epoch with --epoch, or all epochs with --all.");
        }
    }

    private boolean trace(FoundLogs arguments, boolean mayBeDrawn) {
        boolean drawn = mayBeDrawn && !options.drawings().isEmpty();
        if (drawn) {
            requireKnown(options.selection().participants(), arguments.names());
        }
        Parts parts = arguments.parts(options.selection());
        TraceResult result = SideBySide.check(
                arguments.logs(),
                drawn ? parts.listener() : TraceListener.NONE,
                options.all() ? Integer.MAX_VALUE : MOST_LISTED);
        new TraceReport(out).print(arguments, result);
        if (drawn) {
            draw(
                    parts.picture(arguments.names()).judged(result.verdicts()),
                    parts.page(arguments.names()).judged(result.verdicts()));
        }
        return result.violations() == 0;
    }

    private static void requireKnown(Set<String> wanted, Set<String> known) {
        Set<String> unknown = new TreeSet<>(wanted);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no log of %s; the logs are those of %s"
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
    }

    private void draw(SpaceTime picture, SpaceTime page) {
        Set<SpaceTime.Window> windows = new LinkedHashSet<>();
        out.println();
        for (Map.Entry<Format, Path> drawing : options.drawings().entrySet()) {
            SpaceTime part = drawing.getKey().isLong() ? page : picture;
            write(drawing.getValue(), drawing.getKey().draw(part));
            windows.add(part.window());
            out.println("written: " + drawing.getValue());
        }
        windows.stream()
                .filter(SpaceTime.Window::isCut)
                .forEach(window -> out.printf(
                        "The %s shows Lamport times %d to %d of %d to %d; choose others with --from and --to.%n",
                        windows.size() == 1 ? "drawing" : window.equals(page.window()) ? "page" : "picture",
                        window.from(),
                        window.to(),
                        window.first(),
                        window.last()));
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }
}
