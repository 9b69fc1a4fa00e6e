package io.chittychat.trace.console;

import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.RequirementVerdict;
import java.io.PrintStream;
import java.util.List;

/** Prints the checked requirements, their evidence, and their violations. */
public final class VerdictTable {

    private static final int MOST_SHOWN = 10;
    private static final String ROW = "  %-7s %-43s %8s %-7s %s%n";

    private final PrintStream out;
    private final Style style;

    /** @param out receives the table */
    public VerdictTable(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** Prints a check that must have evidence for each requirement, with the first violations. */
    public void print(List<RequirementVerdict> verdicts) {
        rows(verdicts, style.bad("VIOLATED"));
        verdicts.forEach(this::violations);
    }

    /** Prints a check in which a requirement may have no evidence: then there was nothing to check. */
    public void printFound(List<RequirementVerdict> verdicts) {
        rows(verdicts, "no case");
    }

    private void rows(List<RequirementVerdict> verdicts, String withoutEvidence) {
        out.println();
        out.print(style.bold(ROW.formatted("", "checked in the logs", "", "evidence", "result")));
        verdicts.forEach(verdict -> row(verdict, withoutEvidence));
    }

    private void row(RequirementVerdict verdict, String withoutEvidence) {
        Requirement requirement = verdict.requirement();
        String result = verdict.count() > 0 ? style.bad("VIOLATED") : withoutEvidence;
        out.printf(
                ROW,
                requirement.label(),
                requirement.meaning(),
                verdict.evidence(),
                unit(requirement, verdict.evidence()),
                verdict.holds() ? style.good("holds") : result);
    }

    private static String unit(Requirement requirement, long count) {
        return count == 1
                ? requirement.unit().replaceFirst("(?<=p)ies$", "y").replaceFirst("s$", "")
                : requirement.unit();
    }

    private void violations(RequirementVerdict verdict) {
        if (verdict.holds()) {
            return;
        }
        out.printf("%n%s%n", style.bad(verdict.requirement().label() + " is violated:"));
        if (verdict.violations().isEmpty()) {
            out.println("  there is no evidence for it");
        }
        verdict.violations().stream().limit(MOST_SHOWN).forEach(violation -> out.println("  " + violation));
        long more = verdict.count() - Math.min(MOST_SHOWN, verdict.violations().size());
        if (more > 0) {
            out.printf("  ... and %d more%n", more);
        }
    }
}
