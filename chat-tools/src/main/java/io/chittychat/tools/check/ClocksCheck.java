package io.chittychat.tools.check;

import io.chittychat.tools.trace.Kind;
import io.chittychat.tools.trace.LogRecord;

/**
 * Lamport's condition, as far as logs show it: a clock never goes back and moves on with every message; who received a
 * message has a later clock than the message; and an event is later than the request that caused it.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed
 *     System</a>
 */
final class ClocksCheck {

    private ClocksCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        conversation.stays().forEach(stay -> check(stay, findings));
        return findings.verdict(Requirement.CLOCKS);
    }

    private static void check(Stay stay, Findings findings) {
        long previous = 0;
        for (LogRecord entry : stay.log().records()) {
            boolean moves = entry.kind() == Kind.SEND || entry.carriesLamport();
            if (entry.clock() < previous || (moves && entry.clock() == previous)) {
                findings.violation(entry, "the clock went from %d to %d".formatted(previous, entry.clock()));
            }
            if (entry.carriesLamport()) {
                checkLater(entry, findings);
            }
            previous = entry.clock();
        }
    }

    private static void checkLater(LogRecord entry, Findings findings) {
        findings.expect(
                entry.clock() > entry.lamport(),
                entry,
                "clock %d is not later than Lamport time %d".formatted(entry.clock(), entry.lamport()));
        if (entry.isEvent() && entry.sent() >= entry.lamport()) {
            findings.violation(
                    entry,
                    "Lamport time %d is not later than its request's %d".formatted(entry.lamport(), entry.sent()));
        }
    }
}
