package io.chittychat.examiner.finding;

import io.chittychat.examiner.finding.Finding.Weight;
import io.chittychat.examiner.finding.Verdict.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Collects evidence and findings. Safe for use by several threads. */
public final class Findings {

    private static final int MOST_OF_A_WEIGHT = 3;

    private final Map<Requirement, Long> evidence = new EnumMap<>(Requirement.class);
    private final List<Finding> all = new ArrayList<>();

    /** Counts that a requirement was seen to hold. */
    public synchronized void holds(Requirement requirement) {
        evidence.merge(requirement, 1L, Long::sum);
    }

    /** Adds a finding; of notes with the same sentence, the first is enough. */
    public synchronized void add(Finding finding) {
        boolean known = finding.weight() == Weight.NOTE
                && all.stream().anyMatch(earlier -> earlier.what().equals(finding.what()));
        if (!known) {
            all.add(finding);
        }
    }

    /** Whether a requirement is known to fail. */
    public synchronized boolean fails(Requirement requirement) {
        return all.stream()
                .anyMatch(finding -> finding.requirement() == requirement && finding.weight() == Weight.FAILURE);
    }

    /** The verdicts, one for each requirement, in their order. */
    public synchronized List<Verdict> verdicts() {
        return Stream.of(Requirement.values()).map(this::verdict).toList();
    }

    private Verdict verdict(Requirement requirement) {
        List<Finding> own = all.stream()
                .filter(finding -> finding.requirement() == requirement)
                .toList();
        List<Finding> told = Stream.of(Weight.values())
                .flatMap(weight -> own.stream()
                        .filter(finding -> finding.weight() == weight)
                        .limit(MOST_OF_A_WEIGHT))
                .toList();
        long seen = evidence.getOrDefault(requirement, 0L);
        return new Verdict(requirement, result(requirement, own, seen), seen, told, own.size() - told.size());
    }

    private static Result result(Requirement requirement, List<Finding> own, long evidence) {
        if (!requirement.isSeen()) {
            return Result.NOT_EXAMINED;
        }
        if (own.stream().anyMatch(finding -> finding.weight() == Weight.FAILURE)) {
            return Result.FAILS;
        }
        return evidence == 0 || own.stream().anyMatch(finding -> finding.weight() == Weight.UNKNOWN)
                ? Result.UNKNOWN
                : Result.HOLDS;
    }
}
