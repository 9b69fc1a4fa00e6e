package io.chittychat.demo;

import io.chittychat.demo.report.Report;
import io.chittychat.demo.report.ReportFailedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The report of the run. Of one that stopped early there is nothing to report. */
final class Pdf implements Artefact {

    private static final String WHAT = "the report";

    private final Path home;
    private final PrintStream out;

    Pdf(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    @Override
    public List<Made> make(PlayedScenario played) {
        if (!played.completed()) {
            return List.of();
        }
        out.printf("%nWriting the report ...%n");
        Path file = played.workspace().dir().resolve("report.pdf");
        try {
            out.print(Report.write(home, played.workspace().dir(), file));
            return List.of(new Written(WHAT, file));
        } catch (ReportFailedException e) {
            return List.of(new Missing(WHAT, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return List.of(
                    new Missing(WHAT, e.toString())); // a fault of the report's own, and none of the conversation
        }
    }
}
