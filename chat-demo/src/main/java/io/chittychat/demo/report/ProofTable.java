package io.chittychat.demo.report;

import io.chittychat.demo.report.Proof.Evidence;
import java.util.List;
import java.util.stream.Collectors;

/** A table of requirements, with the lines that show each. */
final class ProofTable {

    private static final int LINES = 4;
    private static final int LENGTH = 190;

    private final Adoc adoc;

    ProofTable(Adoc adoc) {
        this.adoc = adoc;
    }

    String of(List<Proof> proofs) {
        return proofs.stream().map(this::row).collect(Collectors.joining("\n", "[cols=\"10,34\"]\n|===\n", "|===\n"));
    }

    private String row(Proof proof) {
        return "|*%s* +\n%s\n|%s\n"
                .formatted(adoc.text(proof.label()), adoc.text(proof.requirement()), evidence(proof));
    }

    private String evidence(Proof proof) {
        if (!proof.isShown()) {
            return "[.missing]#not shown in this run#";
        }
        String lines = proof.evidence().stream()
                .limit(LINES)
                .map(line -> "[.place]#%s# %s".formatted(adoc.text(line.place()), adoc.code(shortened(line.text()))))
                .collect(Collectors.joining(" +\n"));
        return "_%s_ +\n%s%s".formatted(adoc.text(proof.remark()), lines, rest(proof.evidence()));
    }

    private String rest(List<Evidence> evidence) {
        if (evidence.size() <= LINES) {
            return "";
        }
        String places = evidence.stream()
                .skip(LINES)
                .map(Evidence::place)
                .map(adoc::text)
                .collect(Collectors.joining(", "));
        return " +\nand in [.place]#%s#".formatted(places);
    }

    /** Without the pairs that the place repeats, and not too long. */
    private static String shortened(String line) {
        String essence = line.replaceFirst("^time=\\S+ (level=\\S+ )?(participant=\\S+ )?", "");
        if (essence.codePointCount(0, essence.length()) <= LENGTH) {
            return essence;
        }
        return essence.substring(0, essence.offsetByCodePoints(0, LENGTH)) + " \u2026";
    }
}
