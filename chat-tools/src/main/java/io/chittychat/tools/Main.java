package io.chittychat.tools;

import io.chittychat.tools.command.TraceCommand;
import io.chittychat.tools.demo.Demo;
import io.chittychat.tools.report.ReportCommand;
import java.io.PrintStream;
import java.util.List;

/** One jar for all tools: the first argument says which. */
public final class Main {

    private Main() {}

    /** Exits with the tool's exit code; 2 if there is no such tool. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String tool = arguments.isEmpty() ? "" : arguments.get(0);
        if (tool.equals("demo")) {
            return Demo.run(arguments.subList(1, arguments.size()), out, err);
        }
        if (tool.equals("trace")) {
            return TraceCommand.run(arguments.subList(1, arguments.size()), out, err);
        }
        if (tool.equals("report")) {
            return ReportCommand.run(
                    arguments.subList(1, arguments.size()), demo -> Demo.run(demo, out, err), out, err);
        }
        err.println("usage: chat-tools demo|trace|report [OPTIONS]");
        return 2;
    }
}
