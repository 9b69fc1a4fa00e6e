package io.chittychat.examiner.report;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Verdict;
import io.chittychat.text.SafeText;
import java.io.PrintStream;
import java.util.List;

/** Prints verdicts and findings for a terminal of 80 columns. Text of others is made harmless. */
public final class CheckReport {

    private static final String ROW = "  %-7s %-51s %5s %s%n";
    private static final int WIDTH = 80;

    private final PrintStream out;

    /** @param out receives the text */
    public CheckReport(PrintStream out) {
        this.out = out;
    }

    /** Prints all findings, then the table and the conclusion. */
    public void print(Examined examined) {
        examined.verdicts().stream()
                .flatMap(verdict -> verdict.findings().stream())
                .forEach(this::finding);
        examined.verdicts().stream()
                .filter(verdict -> verdict.more() > 0)
                .forEach(verdict -> out.printf(
                        "%n%d more findings on %s.%n",
                        verdict.more(), verdict.requirement().label()));
        out.println();
        out.printf(ROW, "", "seen from outside", "times", "result");
        for (Verdict verdict : examined.verdicts()) {
            out.printf(
                    ROW,
                    verdict.requirement().label(),
                    verdict.requirement().meaning(),
                    verdict.requirement().isSeen() ? String.valueOf(verdict.evidence()) : "",
                    verdict.result().word());
        }
        out.println();
        wrap("", "", examined.conclusion());
    }

    private void finding(Finding finding) {
        out.println();
        String weight =
                switch (finding.weight()) {
                    case FAILURE -> " fails: ";
                    case UNKNOWN -> " is not known: ";
                    case NOTE -> ", a note: ";
                };
        wrap("", "  ", finding.requirement().label() + weight + finding.what());
        wrap("  expected  ", "            ", finding.expected());
        wrap("  seen      ", "            ", finding.seen());
        List<String> evidence = finding.evidence();
        for (int i = 0; i < evidence.size(); i++) {
            wrap(i == 0 ? "  evidence  " : "            ", "              ", evidence.get(i));
        }
    }

    /** Prints a text in lines of at most the width, unless a word is longer. */
    private void wrap(String first, String others, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : SafeText.of(text).split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(others);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }
}
