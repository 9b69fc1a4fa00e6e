package io.chittychat.examiner.finding;

import java.util.List;

/**
 * Something that was found about a requirement.
 *
 * @param what a sentence with a subject
 * @param expected what the requirement asks for
 * @param seen what happened instead
 * @param evidence the calls, answers and Lamport times that show it
 */
public record Finding(
        Requirement requirement, Weight weight, String what, String expected, String seen, List<String> evidence) {

    /** What follows from a finding. */
    public enum Weight {
        /** The requirement fails. */
        FAILURE,
        /** Something that should have shown it did not happen, so nothing is known. */
        UNKNOWN,
        /** Nothing fails; worth a thought. */
        NOTE
    }

    public Finding {
        evidence = List.copyOf(evidence);
    }

    public static Finding failure(
            Requirement requirement, String what, String expected, String seen, List<String> evidence) {
        return new Finding(requirement, Weight.FAILURE, what, expected, seen, evidence);
    }

    public static Finding unknown(
            Requirement requirement, String what, String expected, String seen, List<String> evidence) {
        return new Finding(requirement, Weight.UNKNOWN, what, expected, seen, evidence);
    }

    public static Finding note(
            Requirement requirement, String what, String expected, String seen, List<String> evidence) {
        return new Finding(requirement, Weight.NOTE, what, expected, seen, evidence);
    }
}
