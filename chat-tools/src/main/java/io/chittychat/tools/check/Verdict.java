package io.chittychat.tools.check;

import java.util.List;

/**
 * Whether a requirement holds.
 *
 * @param requirement the requirement
 * @param evidence how many times it was seen to hold, in the requirement's unit
 * @param violations where it was seen not to hold
 */
public record Verdict(Requirement requirement, int evidence, List<Violation> violations) {

    /** Without evidence nothing holds: an empty log proves nothing. */
    public boolean holds() {
        return evidence > 0 && violations.isEmpty();
    }
}
