package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the service's record of a step agrees with the participants' logs. Not safe for use by several threads. */
final class ServiceCheck {

    private final Findings findings;
    private final Map<String, ParticipantCursor> cursors;

    ServiceCheck(Findings findings, Map<String, ParticipantCursor> cursors) {
        this.findings = findings;
        this.cursors = cursors;
    }

    /** Checks an accepted Broadcast, which leads to no event. */
    void checkAttached(ServiceRecord step) {
        ParticipantCursor caller = cursors.get(step.participant());
        boolean found = caller == null
                || caller.requests().takeBroadcast(step.lamportIn())
                || caller.mayHaveSent(step.lamportIn());
        expect(
                found,
                step,
                "%s did not send a Broadcast with clock %d".formatted(step.participant(), step.lamportIn()));
        checkLater(step);
    }

    /** Checks a step that led to an event. */
    void check(ServiceRecord step, CheckedEvent event, ExpectedEvents.@Nullable Expected expected) {
        LogRecord copy = event.copy();
        String type = step.eventType().orElse("");
        boolean agrees = type.equals(event.type())
                && step.participant().equals(event.from())
                && (expected == null || isOf(step, expected));
        if (!agrees) {
            findings.violation(
                    SERVICE,
                    step.place(),
                    "is %s of %s, but %s has %s"
                            .formatted(step.what(), step.participant(), where(event, expected), event));
        } else if (copy != null && copy.sent() != step.lamportIn()) {
            findings.violation(
                    SERVICE,
                    step.place(),
                    "the request came with Lamport time %d, but with %d according to %s"
                            .formatted(step.lamportIn(), copy.sent(), copy.place()));
        } else {
            findings.evidence(SERVICE);
        }
        checkLater(step);
    }

    private static boolean isOf(ServiceRecord step, ExpectedEvents.Expected expected) {
        return step.what().equals(expected.reply().rpc());
    }

    private static String where(CheckedEvent event, ExpectedEvents.@Nullable Expected expected) {
        LogRecord copy = event.copy();
        if (expected != null) {
            return expected.reply().place().toString();
        }
        return copy == null ? "the participants' logs" : copy.place().toString();
    }

    private void checkLater(ServiceRecord step) {
        if (step.lamportIn() >= step.lamportOut()) {
            findings.violation(
                    SERVICE,
                    step.place(),
                    "Lamport time %d is not later than its request's %d"
                            .formatted(step.lamportOut(), step.lamportIn()));
        }
    }

    private void expect(boolean holds, ServiceRecord step, String whatIfNot) {
        if (holds) {
            findings.evidence(SERVICE);
        } else {
            findings.violation(SERVICE, step.place(), whatIfNot);
        }
    }
}
