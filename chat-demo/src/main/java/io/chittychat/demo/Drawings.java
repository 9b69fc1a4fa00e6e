package io.chittychat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.check.TraceResult;
import io.chittychat.trace.console.TraceReport;
import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
import io.chittychat.trace.spacetime.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The trace of the logs, as {@code chitty trace} would tell and draw it. */
final class Drawings implements Artefact {

    private static final int MOST_VIOLATIONS = 100;

    @Override
    public List<Made> make(PlayedScenario played) {
        Path dir = played.workspace().dir();
        try {
            FoundLogs logs = FoundLogs.of(
                    List.of(played.workspace().logs(), played.workspace().output("server")));
            SpaceTimeBuilder builder = new SpaceTimeBuilder(Selection.WHOLE);
            TraceResult result = SideBySide.check(logs.logs(), builder, MOST_VIOLATIONS);
            SpaceTime part = builder.build(logs.names());
            List<Made> made = new ArrayList<>();
            made.add(write("the checked trace", dir.resolve("trace.txt"), () -> report(logs, result)));
            made.add(write("its space-time diagram", dir.resolve("diagram.svg"), () -> Format.SVG.draw(part)));
            made.add(write("the same, to walk through", dir.resolve("diagram.html"), () -> Format.HTML.draw(part)));
            made.add(write(
                    "a sequence diagram (PlantUML)", dir.resolve("sequence.puml"), () -> Format.PLANTUML.draw(part)));
            made.add(write("the trace as data", dir.resolve("trace.json"), () -> Format.JSON.draw(part)));
            return made;
        } catch (TraceException e) {
            return List.of(); // stopped before anybody logged anything, which has been said
        } catch (RuntimeException e) {
            return List.of(new Missing("the trace and its diagrams", e.toString()));
        }
    }

    private static String report(FoundLogs logs, TraceResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, UTF_8)) {
            new TraceReport(out).print(logs, result);
        }
        return bytes.toString(UTF_8);
    }

    /** One that fails leaves the others alone. */
    private static Made write(String what, Path file, Supplier<String> content) {
        try {
            return new Written(what, Files.writeString(file, content.get(), UTF_8));
        } catch (IOException | RuntimeException e) {
            return new Missing(what, "cannot write " + file + ": " + e);
        }
    }
}
