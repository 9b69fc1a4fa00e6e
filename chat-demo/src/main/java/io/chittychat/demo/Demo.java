package io.chittychat.demo;

import io.chittychat.demo.process.Programs;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.demo.scenario.ScenarioException;
import io.chittychat.demo.scenario.Scenarios;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.ProcessLog;
import io.chittychat.text.SafeText;
import io.chittychat.trace.check.LogSet;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceListener;
import io.chittychat.trace.console.Style;
import io.chittychat.trace.console.VerdictTable;
import io.chittychat.trace.log.RotatedLog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;

/** Shows the whole system at work in separate processes, and proves from their logs that the requirements hold. */
public final class Demo {

    private static final int TAIL_LINES = 30;
    private static final int MOST_SEEDS = 1_000_000; // short to type
    private static final int MOST_VIOLATIONS = 100;

    /** The bound of a run, and what each participant adds to it, because a JVM starts slowly. */
    private static final Duration BOUND = Duration.ofSeconds(300);

    private static final Duration BOUND_EACH = Duration.ofSeconds(10);

    private final DemoOptions options;
    private final Style style;
    private final PrintStream out;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.style = options.style(System.getenv("NO_COLOR") == null);
        this.out = out;
    }

    /**
     * Runs the demonstration. It leaves no process behind, even if it fails or the JVM is asked to end.
     *
     * @return the exit code: 0 if everything holds, 1 if a requirement is violated or the conversation stopped early, 2 if the
     *     arguments or the scenario are wrong, 3 if everything holds, but a drawing or the report could not be made
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        DemoOptions options = new DemoOptions();
        CommandLine parser = options.parser();
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
            if (options.help()) {
                parser.usage(out, CommandLine.Help.Ansi.OFF);
                return 0;
            }
            if (options.list()) {
                Scenarios.SHIPPED.forEach(name ->
                        out.printf("  %-14s %s%n", name, Scenarios.load(name).title()));
                return 0;
            }
            return new Demo(options, out).play(Scenarios.load(options.scenario()));
        } catch (ScenarioException e) {
            err.println("chitty demo: " + e.getMessage());
            return 2;
        } catch (CommandLine.ParameterException e) {
            err.println("chitty demo: " + e.getMessage());
            err.println("See chitty demo --help.");
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
            new VerdictTable(out, style).print(played.verdicts());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<Artefact> artefacts = new Artefacts(options.home(), options.report(), out).of(played);
            return new Summary(out, style).print(played, artefacts, took);
        }
    }

    /** Plays and checks the conversation. It leaves no process behind. */
    private PlayedScenario perform(Scenario scenario, Workspace workspace) {
        Programs programs =
                Programs.of(options.home()).quick().with(Optional.ofNullable(System.getenv("CHITTY_JAVA_OPTS")));
        Duration bound = BOUND.plus(BOUND_EACH.multipliedBy(scenario.names().size()));
        long seed = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(MOST_SEEDS));
        out.println(style.bold(scenario.title()));
        if (scenario.isRandom()) {
            out.printf("Random events have the seed %d (--seed %d).%n", seed, seed);
        }
        ProcessLog log = ProcessLog.in(workspace.processes());
        try (Watchdog watchdog = Watchdog.start(bound, out);
                Children children = new Children(log);
                Service service = start(scenario, children, log, programs, workspace);
                ProcessVenue venue = new ProcessVenue(children, programs, workspace, service, scenario, seed)) {
            Cast cast = new Cast(venue::admit);
            boolean completed = play(scenario, service, venue, cast, children);
            return new PlayedScenario(scenario, completed, workspace, check(cast.logs(), workspace));
        }
    }

    private Service start(
            Scenario scenario, Children children, ProcessLog log, Programs programs, Workspace workspace) {
        if (!scenario.needsCluster()) {
            return new OneProcess(children, programs, workspace);
        }
        out.println("Starting the brokers ...");
        return new Cluster(options.home(), children, log, programs, workspace, scenario.cutOffNodes());
    }

    private boolean play(Scenario scenario, Service service, ProcessVenue venue, Cast cast, Children children) {
        try {
            out.println(service.introduction());
            Player player = new Player(scenario, venue, cast, new Narrator(out, style));
            if (scenario.needsCluster()) { // a client whose node does not answer yet goes to another one
                service.awaitReady();
                player.prepare();
            } else {
                player.prepare();
                service.awaitReady();
            }
            player.play();
            service.end();
            return true;
        } catch (ProcessFailedException e) {
            if (!children.isClosed()) { // otherwise this program was asked to end
                explain(e, service);
            }
            return false;
        }
    }

    private static List<RequirementVerdict> check(LogSet logs, Workspace workspace) {
        List<RotatedLog> services =
                workspace.service().stream().map(RotatedLog::of).toList();
        return SideBySide.check(logs.with(services), TraceListener.NONE, MOST_VIOLATIONS)
                .verdicts();
    }

    private void explain(ProcessFailedException failure, Service service) {
        out.printf("%n%s %s%n", style.bad("The demonstration stopped early:"), failure.getMessage());
        boolean isKnown = !failure.process().isEmpty();
        List<String> printed = isKnown ? failure.printed() : service.witness().tail(TAIL_LINES);
        out.printf(
                "%nThe last output of %s:%n",
                isKnown ? failure.process() : service.witness().name());
        printed.forEach(line -> out.println("  " + SafeText.of(line)));
    }
}
