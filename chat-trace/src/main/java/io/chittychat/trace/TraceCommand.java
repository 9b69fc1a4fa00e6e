package io.chittychat.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.text.SafeText;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.console.TraceReport;
import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.input.LogArguments;
import io.chittychat.trace.input.LogLives;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code chitty trace}: from logs alone, who sent what to whom, and whether it was as it must be. */
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
     * @return the exit code: 0 if everything holds, 1 if not, 2 if the arguments cannot be understood or the files are no
     *     logs of one conversation
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            TraceOptions options = TraceOptions.parse(arguments);
            if (options.help()) {
                out.print(TraceOptions.USAGE);
                return 0;
            }
            return new TraceCommand(options, out).run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println("chitty trace: " + e.getMessage());
            err.println("chitty trace --help says how it is used");
            return 2;
        } catch (TraceException | UncheckedIOException e) {
            err.println("chitty trace: " + e.getMessage());
            return 2;
        }
    }

    private boolean run() {
        LogLives lives = LogLives.of(LogArguments.of(options.logs()));
        if (lives.all().size() < 2 && options.epoch().isEmpty()) {
            return trace(lives.newest(), true);
        }
        List<LogLives.Life> all = lives.all();
        LogLives.Life last = options.epoch().map(lives::named).orElseGet(() -> all.get(all.size() - 1));
        list(lives.all(), last);
        boolean holds = true;
        for (LogLives.Life life : options.all() && options.epoch().isEmpty() ? all : List.of(last)) {
            out.printf("%nThe life of epoch %s:%n", SafeText.of(life.epoch()));
            holds &= trace(lives.of(life), life.equals(last));
        }
        return holds;
    }

    /** Which lives there are, and which is traced. */
    private void list(List<LogLives.Life> lives, LogLives.Life chosen) {
        out.printf("The logs are of %,d lives of the service, each with Lamport times of its own:%n", lives.size());
        lives.forEach(life -> out.printf(
                "  epoch %s, from %s%s%n",
                SafeText.of(life.epoch()),
                life.began(),
                life.equals(chosen) && !options.all() ? ", which is traced" : ""));
        if (!options.all()) {
            out.println("Choose another one with --epoch, or all of them with --all.");
        }
    }

    private boolean trace(LogArguments arguments, boolean mayBeDrawn) {
        boolean drawn = mayBeDrawn && !options.drawings().isEmpty();
        if (drawn) {
            requireKnown(options.window().participants(), arguments.names());
        }
        SpaceTimeBuilder builder = new SpaceTimeBuilder(options.window());
        TraceResult result = SideBySide.check(
                arguments.logs(),
                drawn ? builder : TraceListener.NONE,
                options.all() ? Integer.MAX_VALUE : MOST_LISTED);
        new TraceReport(out).print(arguments, result);
        if (drawn) {
            draw(builder.build(arguments.names()));
        }
        return result.violations() == 0;
    }

    private static void requireKnown(Set<String> wanted, Set<String> known) {
        Set<String> unknown = new TreeSet<>(wanted);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no log of %s; there are those of %s"
                    .formatted(String.join(", ", unknown), String.join(", ", known)));
        }
    }

    private void draw(SpaceTime part) {
        SpaceTime.Window window = part.window();
        out.println();
        for (Map.Entry<Format, Path> drawing : options.drawings().entrySet()) {
            write(drawing.getValue(), drawing.getKey().draw(part));
            out.println("written: " + drawing.getValue());
        }
        if (window.isCut()) {
            out.printf(
                    "It shows Lamport time %d to %d of %d to %d: choose with --from and --to.%n",
                    window.from(), window.to(), window.first(), window.last());
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }
}
