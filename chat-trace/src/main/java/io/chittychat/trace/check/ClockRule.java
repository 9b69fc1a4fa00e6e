package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.CLOCKS;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;

/**
 * Lamport's clock, as one participant's log shows it: one more for each request, and {@code max(own, received) + 1} for each
 * record with a time of the service. A Join may begin later, since one process can join under several names one after the
 * other, or at 1, since another process may continue the log.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, Time, Clocks, and the Ordering of Events in a Distributed
 *     System</a>
 */
final class ClockRule {

    private final Findings findings;
    private long clock;
    private boolean sure; // no record is missing since the last one

    ClockRule(Findings findings) {
        this.findings = findings;
    }

    /** A line before the next record is unreadable. */
    void lineMissing() {
        sure = false;
    }

    void check(LogRecord step) {
        if (step.kind() == RecordKind.SEND) {
            sent(step);
        } else if (step.carriesLamport()) {
            received(step);
        } else if (step.clock() < clock || (sure && step.clock() != clock)) {
            findings.violation(CLOCKS, step, "the clock went from %d to %d".formatted(clock, step.clock()));
        }
        clock = step.clock();
        sure = true;
    }

    private void sent(LogRecord request) {
        boolean begins = request.rpc().equals("Join") && (request.clock() == 1 || request.clock() > clock);
        if (!begins) {
            moved(request, clock + 1);
        } else {
            findings.evidence(CLOCKS);
        }
    }

    private void received(LogRecord step) {
        if (step.clock() <= step.lamport()) {
            findings.violation(
                    CLOCKS, step, "clock %d is not later than Lamport time %d".formatted(step.clock(), step.lamport()));
        } else {
            moved(step, Math.max(clock, step.lamport()) + 1);
        }
    }

    private void moved(LogRecord step, long expected) {
        if (step.clock() <= clock) {
            findings.violation(CLOCKS, step, "the clock went from %d to %d".formatted(clock, step.clock()));
        } else if (sure && step.clock() != expected) {
            findings.violation(
                    CLOCKS,
                    step,
                    "the clock went from %d to %d, but this step leads to %d".formatted(clock, step.clock(), expected));
        } else {
            findings.evidence(CLOCKS);
        }
    }
}
