package io.chittychat.trace.check;

import java.util.List;

/**
 * Whether a requirement holds.
 *
 * @param requirement the requirement
 * @param evidence how often it was seen to hold, in the requirement's unit
 * @param count the number of violations
 * @param violations the first violations
 */
public record RequirementVerdict(Requirement requirement, long evidence, long count, List<Violation> violations) {

    public RequirementVerdict {
        violations = List.copyOf(violations);
    }

    /** A verdict with all its violations. */
    public RequirementVerdict(Requirement requirement, long evidence, List<Violation> violations) {
        this(requirement, evidence, violations.size(), violations);
    }

    /** Whether there is evidence and no violation: an empty log proves nothing. */
    public boolean holds() {
        return evidence > 0 && count == 0;
    }
}
