package io.chittychat.demo.report;

import java.util.List;

/**
 * A requirement, and the lines of this run that show it.
 *
 * @param label its short name
 * @param requirement the requirement as a sentence
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

    /**
     * A line of a log that shows something.
     *
     * @param log the name of the log
     * @param line its number, from 1
     * @param text its text
     */
    record Evidence(String log, int line, String text) {

        /** The place of the line. */
        String place() {
            return log + ":" + line;
        }
    }
}
