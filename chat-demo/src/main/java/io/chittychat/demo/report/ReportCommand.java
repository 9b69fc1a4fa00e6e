package io.chittychat.demo.report;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;

/** The report as a command. */
public final class ReportCommand {

    private ReportCommand() {}

    /**
     * Makes the report, after playing the demo if there is no run to report on.
     *
     * @param demo plays the demo with the given arguments and returns its exit code
     * @return the exit code: 0 if it is written, 1 if not, 2 if the arguments cannot be understood; that of the demo if it
     *     was played and its exit code is not 0
     */
    public static int run(List<String> arguments, ToIntFunction<List<String>> demo, PrintStream out, PrintStream err) {
        try {
            ReportOptions options = ReportOptions.parse(arguments);
            if (options.help()) {
                out.print(ReportOptions.USAGE);
                return 0;
            }
            return new ReportCommand().run(options, demo, out, err);
        } catch (IllegalArgumentException e) {
            err.println("chitty report: " + e.getMessage());
            err.print(ReportOptions.USAGE);
            return 2;
        } catch (ReportFailedException e) {
            err.println("chitty report: " + e.getMessage());
            return 1;
        }
    }

    private int run(ReportOptions options, ToIntFunction<List<String>> demo, PrintStream out, PrintStream err) {
        if (!Run.isIn(options.dir())) {
            out.println("There is no run yet: the demo is played first.");
            int exitCode = demo.applyAsInt(List.of(
                    "--home", options.home().toString(), "--dir", options.dir().toString(), "--no-report"));
            if (exitCode != 0) {
                return exitCode;
            }
            out.println();
        }
        out.println("Writing the report of the run in " + options.dir() + " ...");
        err.print(Report.write(options.home(), options.dir(), options.out()));
        out.println("The report is " + options.out());
        return 0;
    }
}
