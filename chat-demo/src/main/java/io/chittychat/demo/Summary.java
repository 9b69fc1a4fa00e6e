package io.chittychat.demo;

import io.chittychat.trace.console.Style;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The end of a demonstration: what it leaves, and last the verdict, whatever could not be made. */
final class Summary {

    /** Everything holds, and everything was made. */
    static final int HOLDS = 0;

    /** Something does not hold, or the conversation stopped early. */
    static final int FAILED = 1;

    /** Everything holds; a picture, the trace or the report could not be made. */
    static final int INCOMPLETE = 3;

    private final PrintStream out;
    private final Style style;

    Summary(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /**
     * Makes what is to be made, and tells.
     *
     * @param took how long the conversation and its check took
     * @return the exit code
     */
    int of(PlayedScenario played, List<Artefact> artefacts, Duration took) {
        List<Artefact.Made> made = new ArrayList<>();
        artefacts.forEach(artefact -> made.addAll(artefact.make(played)));
        out.println();
        made.forEach(this::tell);
        List<String> missing = missing(made).map(each -> each.what()).toList();
        String rest = missing.isEmpty() ? "" : " Not made: " + String.join(", ", missing) + ".";
        out.printf("%n%s after %d s.%s%n", verdict(played), took.toSeconds(), rest);
        if (!played.holds()) {
            return FAILED;
        }
        return missing.isEmpty() ? HOLDS : INCOMPLETE;
    }

    private String verdict(PlayedScenario played) {
        return played.holds() ? style.good("Everything holds,") : style.bad("FAILED");
    }

    private void tell(Artefact.Made made) {
        if (made instanceof Artefact.Written written) {
            out.println(written.what() + ": " + written.where());
        } else if (made instanceof Artefact.Missing missing) {
            out.println(missing.what() + ": " + style.bad("could not be made"));
            out.println(
                    missing.why().lines().map(line -> "  " + line).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private static Stream<Artefact.Missing> missing(List<Artefact.Made> made) {
        return made.stream().filter(Artefact.Missing.class::isInstance).map(Artefact.Missing.class::cast);
    }
}
