package io.chittychat.tools.demo;

import io.chittychat.tools.check.ConversationCheck;
import io.chittychat.tools.check.Verdict;
import io.chittychat.tools.process.Children;
import io.chittychat.tools.process.ParticipantProcess;
import io.chittychat.tools.process.ProcessFailedException;
import io.chittychat.tools.process.Programs;
import io.chittychat.tools.process.ServerProcess;
import io.chittychat.tools.process.Workspace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows the whole system at work in separate processes, and proves from their logs that it did what it promises. */
public final class Demo {

    private static final Duration STOP_BOUND = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 30;

    /** Short, so that it is soon noticed that somebody was killed. */
    private static final String RESUME_WINDOW = "--chitty.session.resume-window=2s";

    private final DemoOptions options;
    private final PrintStream out;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs the demonstration. Leaves no process behind, also if it fails or the JVM is asked to end.
     *
     * @return the exit code: 0 if everything holds, 1 if not, 2 if the arguments cannot be understood
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            DemoOptions options = DemoOptions.parse(arguments, System.getenv("NO_COLOR") == null);
            if (options.help()) {
                out.print(DemoOptions.USAGE);
                return 0;
            }
            return new Demo(options, out).run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println("chitty demo: " + e.getMessage());
            err.print(DemoOptions.USAGE);
            return 2;
        } catch (ProcessFailedException e) {
            err.println("chitty demo: " + e.getMessage());
            return 1;
        }
    }

    private boolean run() {
        long start = System.nanoTime();
        Programs programs = Programs.of(options.home()).with(Optional.ofNullable(System.getenv("CHITTY_JAVA_OPTS")));
        try (Workspace workspace = Workspace.open(options.dir());
                Watchdog watchdog = Watchdog.start(out);
                Children children = new Children()) {
            ServerProcess server = ServerProcess.start(children, programs, workspace, List.of(RESUME_WINDOW));
            Cast cast =
                    new Cast(name -> ParticipantProcess.start(name, children, programs, workspace, server.address()));
            boolean played = play(server, cast, children);
            boolean holds = check(cast);
            out.printf("%nThe logs are in %s%n", workspace.logs());
            out.printf(
                    "%s after %d s.%n",
                    played && holds ? style().good("Everything holds,") : style().bad("FAILED"),
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            return played && holds;
        }
    }

    private boolean play(ServerProcess server, Cast cast, Children children) {
        try {
            out.println("Starting a server, process " + server.child().pid() + ", at " + server.address());
            server.awaitReady();
            new Scenario(cast, new Narrator(out, style())).play();
            if (server.stop(STOP_BOUND).isEmpty()) {
                throw new ProcessFailedException(
                        "the server did not end within %d s of SIGTERM".formatted(STOP_BOUND.toSeconds()));
            }
            return true;
        } catch (ProcessFailedException e) {
            if (!children.isClosed()) { // else we were asked to end, which is no failure of the chat
                explain(e, server);
            }
            return false;
        }
    }

    private void explain(ProcessFailedException failure, ServerProcess server) {
        out.printf("%n%s %s%n", style().bad("The demonstration stopped early:"), failure.getMessage());
        out.printf("%nThe last that the server printed:%n");
        server.child().tail(TAIL_LINES).forEach(line -> out.println("  " + line));
    }

    private boolean check(Cast cast) {
        List<Verdict> verdicts = ConversationCheck.check(cast.participations());
        new VerdictTable(out, style()).print(verdicts);
        return verdicts.stream().allMatch(Verdict::holds);
    }

    private Style style() {
        return options.style();
    }
}
