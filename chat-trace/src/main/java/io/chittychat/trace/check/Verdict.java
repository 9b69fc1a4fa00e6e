package io.chittychat.trace.check;

import java.util.List;

/**
 * Whether a requirement holds.
 *
 * @param requirement the requirement
 * @param evidence how many times it was seen to hold, in the requirement's unit
 * @param count how many times it was seen not to hold
 * @param violations where it was seen not to hold; the first of them, if there are many
 */
public record Verdict(Requirement requirement, long evidence, long count, List<Violation> violations) {

    public Verdict {
        violations = List.copyOf(violations);
    }

    /** A verdict with all its violations. */
    public Verdict(Requirement requirement, long evidence, List<Violation> violations) {
        this(requirement, evidence, violations.size(), violations);
    }

    /** Whether it was seen to hold, and never not to: an empty log proves nothing. */
    public boolean holds() {
        return evidence > 0 && count == 0;
    }
}
