package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;

/** Everybody's log is there, whole, written by its owner, and tells of an accepted join. */
final class LogsCheck {

    private LogsCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        conversation.stays().forEach(stay -> check(stay, findings));
        return findings.verdict(Requirement.LOGS);
    }

    private static void check(Stay stay, Findings findings) {
        stay.log().problems().forEach(problem -> findings.violation(stay, problem.line(), problem.what()));
        int lines = stay.log().records().size() + stay.log().problems().size();
        if (stay.log().cut() && !stay.wasKilled()) {
            findings.violation(stay, lines + 1, "the last line is cut");
        }
        if (stay.sessions().isEmpty()) {
            findings.violation(stay, 0, stay.name() + " has no accepted join");
        }
        for (LogRecord entry : stay.log().records()) {
            findings.expect(
                    entry.participant().equals(stay.name()),
                    entry,
                    "is a record of %s in the log of %s".formatted(entry.participant(), stay.name()));
        }
    }
}
