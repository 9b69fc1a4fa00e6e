package io.chittychat.tools.demo;

import io.chittychat.tools.check.Requirement;
import io.chittychat.tools.check.Verdict;
import java.io.PrintStream;
import java.util.List;

/** Shows what was checked, on how much evidence, and where it does not hold. */
final class VerdictTable implements Artefact {

    private static final int MOST_SHOWN = 10;
    private static final String ROW = "  %-7s %-62s %4s %-8s %s%n";

    private final PrintStream out;
    private final Style style;

    VerdictTable(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public List<Made> make(Played played) {
        print(played.verdicts());
        return List.of();
    }

    void print(List<Verdict> verdicts) {
        out.println();
        out.print(style.bold(ROW.formatted("", "checked in the participants' logs", "", "evidence", "result")));
        verdicts.forEach(this::row);
        verdicts.forEach(this::violations);
    }

    private void row(Verdict verdict) {
        Requirement requirement = verdict.requirement();
        out.printf(
                ROW,
                requirement.label(),
                requirement.meaning(),
                verdict.evidence(),
                requirement.unit(),
                verdict.holds() ? style.good("holds") : style.bad("VIOLATED"));
    }

    private void violations(Verdict verdict) {
        if (verdict.holds()) {
            return;
        }
        out.printf("%n%s%n", style.bad(verdict.requirement().label() + " is violated:"));
        if (verdict.violations().isEmpty()) {
            out.println("  there is no evidence for it at all");
        }
        verdict.violations().stream().limit(MOST_SHOWN).forEach(violation -> out.println("  " + violation));
        int more = verdict.violations().size() - MOST_SHOWN;
        if (more > 0) {
            out.printf("  ... and %d more%n", more);
        }
    }
}
