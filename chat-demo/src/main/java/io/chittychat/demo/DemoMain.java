package io.chittychat.demo;

import io.chittychat.demo.report.ReportCommand;
import java.io.PrintStream;
import java.util.List;

/** Plays the demonstration, or writes the report of a run; the first argument selects the command. */
public final class DemoMain {

    private DemoMain() {}

    /** Exits with the command's exit code; 2 for an unknown command. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        if (command.equals("demo")) {
            return Demo.run(arguments.subList(1, arguments.size()), out, err);
        }
        if (command.equals("report")) {
            return ReportCommand.run(
                    arguments.subList(1, arguments.size()), demo -> Demo.run(demo, out, err), out, err);
        }
        err.println("usage: chat-demo demo|report [OPTIONS]");
        return 2;
    }
}
