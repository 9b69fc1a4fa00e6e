package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.SERVICE;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that the service's record of a step agrees with the participants' logs. Not safe for use by several threads. */
final class ServiceCheck {

    private final Findings findings;
    private final Map<String, ParticipantCursor> cursors;
    private final boolean isCluster;

    /** @param isCluster whether there are the logs of several nodes */
    ServiceCheck(Findings findings, Map<String, ParticipantCursor> cursors, boolean isCluster) {
        this.findings = findings;
        this.cursors = cursors;
        this.isCluster = isCluster;
    }

    /** The record of the request that led to an event, among those of several nodes; null if there is none. */
    static @Nullable ServiceRecord first(List<ServiceRecord> told, List<LogRecord> copies) {
        return told.stream()
                .filter(step -> copies.stream().limit(1).anyMatch(copy -> copy.sent() == step.lamportIn()))
                .findFirst()
                .or(() -> told.stream().findFirst())
                .orElse(null);
    }

    /** Checks what another node says of an event: that the session expired, or that the request was repeated there. */
    void checkRepeat(ServiceRecord step, CheckedEvent event) {
        boolean agrees = step.eventType().orElse("").equals(event.type())
                && step.participant().equals(event.from());
        expect(agrees, step, words(step) + ", but this is " + event);
    }

    private static String words(ServiceRecord step) {
        return step.what().equals("left")
                ? "the service's log has the end of the session of %s at Lamport time %d"
                        .formatted(step.participant(), step.lamportOut())
                : "the service's log has a %s of %s at Lamport time %d"
                        .formatted(step.what(), step.participant(), step.lamportOut());
    }

    /** Nobody but the service knows of a step. */
    void phantom(ServiceRecord step, String why) {
        findings.violation(SERVICE, step.place(), words(step) + ", but " + why);
    }

    /** Checks an accepted Broadcast, which leads to no event. */
    void checkAttached(ServiceRecord step) {
        ParticipantCursor caller = cursors.get(step.participant());
        if (caller == null
                || caller.requests().takeBroadcast(step.lamportIn())
                || caller.mayHaveSent(step.lamportIn())) {
            findings.evidence(SERVICE);
        } else if (caller.clockJumpsOver(step.lamportIn())) {
            caller.lacksRequest(
                    step.lamportIn(),
                    step.lamportOut(),
                    SERVICE,
                    EventCheck.missingRequest(step.participant(), step.lamportIn(), "a Broadcast", step.lamportOut()));
        } else if (!caller.requests().listens() && caller.everJoined()) {
            findings.evidence(SERVICE); // its log has no Broadcasts
        } else {
            phantom(step, "%s sent no Broadcast with clock %d".formatted(step.participant(), step.lamportIn()));
        }
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
                    SERVICE, step.place(), "%s, but %s has %s".formatted(words(step), where(event, expected), event));
        } else if (copy == null ? mayRepeatUnseen(step) : mayRepeat(step, copy)) {
            findings.evidence(SERVICE);
            return; // the time may be older than the repetition
        } else if (copy != null && copy.sent() != step.lamportIn()) {
            findings.violation(
                    SERVICE,
                    step.place(),
                    "the service's log says that the request came with Lamport time %d, but %s says %d"
                            .formatted(step.lamportIn(), copy.place(), copy.sent()));
        } else {
            findings.evidence(SERVICE);
        }
        checkLater(step);
    }

    /** Whether the first attempt at a request was another node's, which may have died with its answer. */
    private boolean mayRepeat(ServiceRecord step, LogRecord copy) {
        return isCluster && step.isRepeatable() && step.lamportIn() > copy.sent();
    }

    /** The same, if no participant's log has the event: then only the Lamport time of the repetition shows it. */
    private boolean mayRepeatUnseen(ServiceRecord step) {
        return isCluster && step.isRepeatable() && step.lamportIn() >= step.lamportOut();
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
                    "the service gave Lamport time %d to a request of %d: it must be later"
                            .formatted(step.lamportOut(), step.lamportIn()));
        }
    }

    /** What is wrong if no record of a step is there. */
    String missing(CheckedEvent event) {
        return isCluster
                ? "no log of a node has a line for %s of Lamport time %d; is the log of another node missing?"
                        .formatted(event, event.lamport())
                : "the log of the service has no line for %s of Lamport time %d".formatted(event, event.lamport());
    }

    private void expect(boolean holds, ServiceRecord step, String whatIfNot) {
        if (holds) {
            findings.evidence(SERVICE);
        } else {
            findings.violation(SERVICE, step.place(), whatIfNot);
        }
    }
}
