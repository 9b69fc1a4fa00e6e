package io.chittychat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.report.ReportFailedException;
import io.chittychat.demo.report.RunReport;
import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.console.TraceReport;
import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.spacetime.Parts;
import io.chittychat.trace.spacetime.Selection;
import io.chittychat.trace.spacetime.SpaceTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes the results of a finished conversation: logs, trace, drawings and report. One that fails does not stop the others. */
final class Artefacts {

    private static final int MOST_VIOLATIONS = 100;

    private final Path home;
    private final boolean withReport;
    private final PrintStream out;

    /**
     * @param home the checkout
     * @param withReport whether the report is made, too
     */
    Artefacts(Path home, boolean withReport, PrintStream out) {
        this.home = home;
        this.withReport = withReport;
        this.out = out;
    }

    /** Makes them, in the order in which they are printed. */
    List<Artefact> of(PlayedScenario played) {
        Workspace workspace = played.workspace();
        List<Artefact> made = new ArrayList<>();
        made.add(Artefact.made("the participants' logs", workspace.logs()));
        List<Path> service = workspace.service();
        service.forEach(log ->
                made.add(Artefact.made(service.size() == 1 ? "the service's log" : "the log of " + nodeOf(log), log)));
        made.addAll(traceAndDrawings(workspace));
        if (withReport && played.completed()) { // there is nothing to report of a conversation that stopped early
            made.add(report(workspace.dir()));
        }
        return made;
    }

    private static String nodeOf(Path log) {
        return String.valueOf(log.getFileName()).replace(".out", "").replace('-', ' ');
    }

    /** As {@code chitty trace} prints and draws it. */
    private static List<Artefact> traceAndDrawings(Workspace workspace) {
        Path dir = workspace.dir();
        try {
            List<Path> files = new ArrayList<>(workspace.service());
            files.addAll(List.of(workspace.logs(), workspace.processes()));
            FoundLogs logs = FoundLogs.of(files);
            Parts parts = logs.parts(Selection.WHOLE);
            TraceResult result = SideBySide.check(logs.logs(), parts.listener(), MOST_VIOLATIONS);
            SpaceTime part = parts.picture(logs.names());
            SpaceTime page = parts.page(logs.names()).judged(result.verdicts());
            return List.of(
                    write("the checked trace", dir.resolve("trace.txt"), () -> text(logs, result)),
                    write("its space-time diagram", dir.resolve("diagram.svg"), () -> Format.SVG.draw(part)),
                    write("the same, to walk through", dir.resolve("diagram.html"), () -> Format.HTML.draw(page)),
                    write(
                            "a sequence diagram (PlantUML)",
                            dir.resolve("sequence.puml"),
                            () -> Format.PLANTUML.draw(part)),
                    write("the trace as data", dir.resolve("trace.json"), () -> Format.JSON.draw(page)));
        } catch (TraceException e) {
            return List.of(); // the demonstration stopped before the first record, as it has printed
        } catch (RuntimeException e) {
            return List.of(Artefact.missing("the trace and its diagrams", e.toString()));
        }
    }

    private static String text(FoundLogs logs, TraceResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream text = new PrintStream(bytes, false, UTF_8)) {
            new TraceReport(text).print(logs, result);
        }
        return bytes.toString(UTF_8);
    }

    private static Artefact write(String what, Path file, Supplier<String> content) {
        try {
            return Artefact.made(what, Files.writeString(file, content.get(), UTF_8));
        } catch (IOException | RuntimeException e) {
            return Artefact.missing(what, "cannot write " + file + ": " + e);
        }
    }

    private Artefact report(Path dir) {
        String what = "the report";
        out.printf("%nWriting the report ...%n");
        Path file = dir.resolve("report.pdf");
        try {
            out.print(RunReport.write(home, dir, file));
            return Artefact.made(what, file);
        } catch (ReportFailedException e) {
            return Artefact.missing(what, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return Artefact.missing(what, e.toString()); // a bug of the report, not of the conversation
        }
    }
}
