package io.chittychat.examiner.finding;

import java.util.List;

/**
 * Whether a requirement holds.
 *
 * @param evidence how often it was seen to hold, in the requirement's unit
 * @param findings the first findings of each weight; failures first
 * @param more how many findings there are beyond these
 */
public record Verdict(Requirement requirement, Result result, long evidence, List<Finding> findings, long more) {

    /** What is known of a requirement. */
    public enum Result {
        HOLDS("holds"),
        FAILS("FAILS"),
        UNKNOWN("not known"),
        NOT_EXAMINED("not examined");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** The word for a reader. */
        public String word() {
            return word;
        }
    }

    public Verdict {
        findings = List.copyOf(findings);
    }
}
