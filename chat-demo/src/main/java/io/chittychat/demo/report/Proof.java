package io.chittychat.demo.report;

import java.util.List;

/**
 * A requirement, and the lines of this run that show it.
 *
 * @param label its short name
 * @param requirement what is asked for
 * @param remark how the lines show it
 * @param evidence the lines; none if the run does not show it
 */
record Proof(String label, String requirement, String remark, List<Evidence> evidence) {

    Proof {
        evidence = List.copyOf(evidence);
    }

    boolean isShown() {
        return !evidence.isEmpty();
    }
}
