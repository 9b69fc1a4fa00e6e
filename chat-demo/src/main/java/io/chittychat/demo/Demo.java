package io.chittychat.demo;

import io.chittychat.demo.process.Children;
import io.chittychat.demo.process.ProcessFailedException;
import io.chittychat.demo.process.ProcessLog;
import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.demo.scenario.ScenarioException;
import io.chittychat.demo.scenario.Scenarios;
import io.chittychat.text.SafeText;
import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.check.Verdict;
import io.chittychat.trace.console.VerdictTable;
import io.chittychat.trace.log.RotatedLog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Shows the whole system at work in separate processes, and proves from their logs that it did what it promises. */
public final class Demo {

    private static final int TAIL_LINES = 30;
    private static final int MOST_SEEDS = 1_000_000; // short to type, and enough
    private static final int MOST_VIOLATIONS = 100;

    /** How long it may take: some bound for all, and some for each participant, since a JVM takes its time to start. */
    private static final Duration BOUND = Duration.ofSeconds(300);

    private static final Duration BOUND_EACH = Duration.ofSeconds(10);

    private final DemoOptions options;
    private final PrintStream out;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** What is made of a conversation at its end, in this order. */
    private List<Artefact> artefacts() {
        List<Artefact> artefacts = new ArrayList<>(List.of(new Records(), new Drawings()));
        if (options.report()) {
            artefacts.add(new Pdf(options.home(), out));
        }
        return artefacts;
    }

    /**
     * Runs the demonstration. Leaves no process behind, also if it fails or the JVM is asked to end.
     *
     * @return the exit code: 0 if everything holds, 1 if not, 2 if the arguments or the scenario cannot be understood, 3 if
     *     everything holds, but a picture or the report could not be made
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            DemoOptions options = DemoOptions.parse(arguments, System.getenv("NO_COLOR") == null);
            return switch (options.task()) {
                case HELP -> {
                    out.print(DemoOptions.USAGE);
                    yield 0;
                }
                case LIST -> {
                    Scenarios.SHIPPED.forEach(name -> out.printf(
                            "  %-14s %s%n", name, Scenarios.load(name).title()));
                    yield 0;
                }
                case PLAY -> new Demo(options, out).play(Scenarios.load(options.scenario()));
            };
        } catch (ScenarioException e) {
            err.println("chitty demo: " + e.getMessage());
            return 2;
        } catch (IllegalArgumentException e) {
            err.println("chitty demo: " + e.getMessage());
            err.print(DemoOptions.USAGE);
            return 2;
        } catch (ProcessFailedException e) {
            err.println("chitty demo: " + e.getMessage());
            return 1;
        }
    }

    private int play(Scenario scenario) {
        long start = System.nanoTime();
        try (Workspace workspace = Workspace.open(options.dir())) {
            PlayedScenario played = perform(scenario, workspace);
            new VerdictTable(out, options.style()).print(played.verdicts());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Summary(out, options.style()).of(played, artefacts(), took);
        }
    }

    /** The conversation and its check. No process of it is left when this returns. */
    private PlayedScenario perform(Scenario scenario, Workspace workspace) {
        Programs programs = Programs.of(options.home()).with(Optional.ofNullable(System.getenv("CHITTY_JAVA_OPTS")));
        Duration bound = BOUND.plus(BOUND_EACH.multipliedBy(scenario.names().size()));
        long seed = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(MOST_SEEDS));
        try (Watchdog watchdog = Watchdog.start(bound, out);
                Children children = new Children(ProcessLog.in(workspace.processes()));
                ProcessVenue venue = new ProcessVenue(children, programs, workspace, scenario, seed)) {
            out.println(options.style().bold(scenario.title()));
            if (scenario.isRandom()) {
                out.printf("What happens at random has the seed %d (--seed %d).%n", seed, seed);
            }
            Cast cast = new Cast(venue::admit);
            boolean completed = play(scenario, venue, cast, children);
            return new PlayedScenario(scenario, completed, workspace, check(cast.logs(), workspace));
        }
    }

    private boolean play(Scenario scenario, ProcessVenue venue, Cast cast, Children children) {
        try {
            out.println("Starting a server, process %d, at %s"
                    .formatted(venue.server().child().pid(), venue.server().address()));
            Player player = new Player(scenario, venue, cast, new Narrator(out, options.style()));
            player.prepare();
            venue.server().awaitReady();
            player.play();
            venue.endService();
            return true;
        } catch (ProcessFailedException e) {
            if (!children.isClosed()) { // else we were asked to end, which is no failure of the chat
                explain(e, venue);
            }
            return false;
        }
    }

    private static List<Verdict> check(LogSet logs, Workspace workspace) {
        return SideBySide.check(logs.with(RotatedLog.of(workspace.output("server"))), TraceListener.NONE, MOST_VIOLATIONS)
                .verdicts();
    }

    private void explain(ProcessFailedException failure, ProcessVenue venue) {
        out.printf("%n%s %s%n", options.style().bad("The demonstration stopped early:"), failure.getMessage());
        boolean isKnown = !failure.process().isEmpty();
        List<String> printed =
                isKnown ? failure.printed() : venue.server().child().tail(TAIL_LINES);
        out.printf("%nThe last that %s printed:%n", isKnown ? failure.process() : "the server");
        printed.forEach(line -> out.println("  " + SafeText.of(line)));
    }
}
