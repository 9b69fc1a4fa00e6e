package io.chittychat.demo;

import io.chittychat.trace.console.Style;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the end of a demonstration: its results, and last the verdict, even if results are missing. */
final class Summary {

    /** Everything holds, and all results exist. */
    static final int HOLDS = 0;

    /** A requirement is violated, or the conversation stopped early. */
    static final int FAILED = 1;

    /** Everything holds; a drawing, the trace or the report is missing. */
    static final int INCOMPLETE = 3;

    private final PrintStream out;
    private final Style style;

    Summary(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /**
     * Prints it.
     *
     * @param took the duration of the conversation and its check
     * @return the exit code
     */
    int print(PlayedScenario played, List<Artefact> artefacts, Duration took) {
        out.println();
        artefacts.forEach(this::print);
        String missing = artefacts.stream()
                .filter(artefact -> artefact.file().isEmpty())
                .map(Artefact::what)
                .collect(Collectors.joining(", "));
        String verdict = played.holds() ? style.good("Everything holds,") : style.bad("FAILED");
        String rest = missing.isEmpty() ? "" : " Not made: " + missing + ".";
        out.printf("%n%s after %d s.%s%n", verdict, took.toSeconds(), rest);
        if (!played.holds()) {
            return FAILED;
        }
        return missing.isEmpty() ? HOLDS : INCOMPLETE;
    }

    private void print(Artefact artefact) {
        if (artefact.file().isPresent()) {
            out.println(artefact.what() + ": " + artefact.file().get());
            return;
        }
        out.println(artefact.what() + ": " + style.bad("could not be made"));
        artefact.problem().lines().forEach(line -> out.println("  " + line));
    }
}
