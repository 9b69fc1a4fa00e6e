package io.chittychat.trace.check;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects evidence and violations. All are counted, the first violations are kept. Not safe for use by several threads. */
final class Findings {

    private static final class Found {
        private long evidence;
        private long count;
        private final List<Violation> first = new ArrayList<>();
    }

    private final int most;
    private final Map<Requirement, Found> found = new EnumMap<>(Requirement.class);
    private final List<String> notes = new ArrayList<>();
    private int kept;

    /** @param most how many violations are kept */
    Findings(int most) {
        this.most = most;
        for (Requirement requirement : Requirement.values()) {
            found.put(requirement, new Found());
        }
    }

    void evidence(Requirement requirement) {
        of(requirement).evidence++;
    }

    void violation(Requirement requirement, LogRecord at, String what) {
        violation(requirement, at.place(), what);
    }

    void violation(Requirement requirement, Place at, String what) {
        Found about = of(requirement);
        about.count++;
        if (kept < most) {
            kept++;
            about.first.add(new Violation(at.file(), at.line(), what));
        }
    }

    /** Counts evidence if the condition holds, a violation otherwise. */
    void expect(boolean holds, Requirement requirement, LogRecord at, Supplier<String> whatIfNot) {
        if (holds) {
            evidence(requirement);
        } else {
            violation(requirement, at, whatIfNot.get());
        }
    }

    /** Adds a note for the user that is not a violation. */
    void note(String note) {
        if (notes.contains(note)) {
            return;
        }
        notes.add(note);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<RequirementVerdict> verdicts(Collection<Requirement> requirements) {
        return requirements.stream()
                .map(requirement -> {
                    Found about = of(requirement);
                    return new RequirementVerdict(requirement, about.evidence, about.count, about.first);
                })
                .toList();
    }

    private Found of(Requirement requirement) {
        return found.computeIfAbsent(requirement, same -> new Found());
    }
}
