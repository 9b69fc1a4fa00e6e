package io.chittychat.tools.demo;

import io.chittychat.tools.process.ProcessFailedException;
import io.chittychat.tools.report.Report;
import io.chittychat.tools.report.ReportFailedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The report of the run. Of one that stopped early there is nothing to report. */
final class Pdf implements Artefact {

    private final Path home;
    private final PrintStream out;

    Pdf(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    @Override
    public List<Made> make(Played played) {
        if (!played.completed()) {
            return List.of();
        }
        out.printf("%nWriting the report ...%n");
        Path file = played.workspace().dir().resolve("report.pdf");
        try {
            out.print(Report.write(home, played.workspace().dir(), file));
        } catch (ReportFailedException e) {
            throw new ProcessFailedException(String.valueOf(e.getMessage()), e);
        }
        return List.of(new Made("the report", file));
    }
}
