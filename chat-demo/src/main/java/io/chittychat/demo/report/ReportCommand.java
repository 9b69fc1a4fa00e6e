package io.chittychat.demo.report;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;
import picocli.CommandLine;

/** {@code chitty report}. */
public final class ReportCommand {

    private ReportCommand() {}

    /**
     * Makes the report, after playing the demo if there is no run to report on.
     *
     * @param demo plays the demo with the given arguments and returns its exit code
     * @return the exit code: 0 if it is written, 1 if not, 2 if the arguments are wrong; that of the demo if it was played and
     *     failed
     */
    public static int run(List<String> arguments, ToIntFunction<List<String>> demo, PrintStream out, PrintStream err) {
        ReportOptions options = new ReportOptions();
        CommandLine parser = options.parser();
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
            if (options.help()) {
                parser.usage(out, CommandLine.Help.Ansi.OFF);
                return 0;
            }
            return run(options, demo, out, err);
        } catch (CommandLine.ParameterException e) {
            err.println("chitty report: " + e.getMessage());
            err.println("See chitty report --help.");
            return 2;
        } catch (ReportFailedException e) {
            err.println("chitty report: " + e.getMessage());
            return 1;
        }
    }

    private static int run(ReportOptions options, ToIntFunction<List<String>> demo, PrintStream out, PrintStream err) {
        if (!Run.isIn(options.dir())) {
            out.println("There is no run yet: playing the demo first.");
            int exitCode = demo.applyAsInt(List.of(
                    "--home", options.home().toString(), "--dir", options.dir().toString(), "--no-report"));
            if (exitCode != 0) {
                return exitCode;
            }
            out.println();
        }
        out.println("Writing the report of the run in " + options.dir() + " ...");
        err.print(RunReport.write(options.home(), options.dir(), options.out()));
        out.println("The report is " + options.out());
        return 0;
    }
}
