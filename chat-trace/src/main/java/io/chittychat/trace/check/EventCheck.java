package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.CLOCKS;
import static io.chittychat.trace.check.Requirement.JOINS;
import static io.chittychat.trace.check.Requirement.LEAVES;
import static io.chittychat.trace.check.Requirement.LOGGED;
import static io.chittychat.trace.check.Requirement.MESSAGES;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks one event: its copies are well-formed and alike, every participant that must receive it has a copy, and a request led
 * to it. Not safe for use by several threads.
 */
final class EventCheck {

    private final Findings findings;
    private final Map<String, ParticipantCursor> cursors;
    private final boolean complete;
    private final PresentParticipants present = new PresentParticipants();

    /** @param complete whether the logs of all participants are given */
    EventCheck(Findings findings, Map<String, ParticipantCursor> cursors, boolean complete) {
        this.findings = findings;
        this.cursors = cursors;
        this.complete = complete;
    }

    PresentParticipants present() {
        return present;
    }

    /** Checks an event. */
    void check(CheckedEvent event, List<LogRecord> copies, List<ParticipantCursor> receivers) {
        LogRecord copy = event.copy();
        boolean caused = copy == null || isCaused(event, copy);
        LogRecord request = copy == null || !caused ? null : request(event, copy);
        copies.forEach(each -> check(each, event, request));
        if (caused) {
            checkReceivers(event, receivers);
        }
        checkPresence(event, copies, receivers);
    }

    private void checkReceivers(CheckedEvent event, List<ParticipantCursor> receivers) {
        for (ParticipantCursor participant : cursors.values()) {
            if (!receivers.contains(participant) && participant.lacks(event.lamport())) {
                findings.violation(
                        event.requirement(),
                        participant.here(),
                        "%s did not receive %s of Lamport time %d"
                                .formatted(participant.name(), event, event.lamport()));
            }
        }
    }

    private void check(LogRecord copy, CheckedEvent event, @Nullable LogRecord request) {
        if (copy.sent() >= copy.lamport()) {
            findings.violation(
                    CLOCKS,
                    copy,
                    "Lamport time %d is not later than its request's %d".formatted(copy.lamport(), copy.sent()));
        }
        if (copy.find(TEXT).isEmpty() || copy.find(FROM).isEmpty()) {
            findings.violation(LOGGED, copy, "the record of an event lacks its text or its participant");
            return;
        }
        boolean fits = event.isOf(copy)
                && (event.isMessage() || event.sentence().equals(copy.find(TEXT).orElse("")));
        findings.expect(
                fits,
                event.requirement(),
                copy,
                () -> "is not %s of Lamport time %d".formatted(event, event.lamport()));
        if (fits) {
            compare(copy, event, request);
        }
    }

    private void compare(LogRecord copy, CheckedEvent event, @Nullable LogRecord request) {
        LogRecord other = event.copy();
        if (event.isMessage() && request != null && !copy.find(TEXT).equals(request.find(TEXT))) {
            findings.violation(
                    LOGGED,
                    copy,
                    "the text is '%s', but '%s' was sent"
                            .formatted(
                                    copy.find(TEXT).orElse(""),
                                    request.find(TEXT).orElse("")));
        } else if (other != null && !CheckedEvent.isLike(copy, other)) {
            findings.violation(
                    ORDER,
                    copy,
                    "differs from the event of Lamport time %d in %s".formatted(copy.lamport(), other.place()));
        } else {
            findings.evidence(ORDER);
            if (event.isMessage()) {
                findings.evidence(LOGGED);
            }
        }
    }

    /** Whether a request led to the event, or may have. */
    private boolean isCaused(CheckedEvent event, LogRecord copy) {
        ParticipantCursor sender = cursors.get(event.from());
        if (sender == null) {
            if (complete) {
                findings.violation(event.requirement(), copy, "is an event of " + event.from() + ", who never joined");
            }
            return !complete;
        }
        long before =
                event.isExpiry() ? 0 : sender.requests().becameBefore(event.type(), event.sent(), event.lamport());
        if (before != 0) {
            sender.requests().leadingTo(event.type(), event.sent(), event.lamport()); // it did, although it must not
            findings.violation(
                    event.requirement(),
                    copy,
                    "repeats %s: the request of %s with clock %d already became the event of Lamport time %d"
                            .formatted(event, event.from(), event.sent(), before));
            return false;
        }
        boolean caused = event.isExpiry()
                || sender.requests().hasLedTo(event.type(), event.sent())
                || sender.mayHaveSent(event.sent());
        if (!caused) {
            findings.violation(
                    event.requirement(),
                    copy,
                    "no request of %s with clock %d led to %s of Lamport time %d"
                            .formatted(event.from(), event.sent(), event, event.lamport()));
        }
        return caused;
    }

    /** The request that led to the event, if the log of its sender is given. */
    private @Nullable LogRecord request(CheckedEvent event, LogRecord copy) {
        ParticipantCursor sender = cursors.get(event.from());
        if (sender == null || event.isExpiry()) {
            return null;
        }
        long told = sender.requests().toldOtherwise(event.sent());
        if (told != 0) {
            findings.violation(
                    event.requirement(),
                    copy,
                    "has Lamport time %d, but the reply to %s says %d".formatted(event.lamport(), event.from(), told));
        }
        LogRecord request = sender.requests().leadingTo(event.type(), event.sent(), event.lamport());
        if (request != null && sender.requests().isOvertaken(request)) {
            findings.violation(
                    ORDER,
                    request,
                    "was sent before another message of %s that has an earlier place in the order, before Lamport time %d"
                            .formatted(sender.name(), event.lamport()));
        }
        return request;
    }

    private void checkPresence(CheckedEvent event, List<LogRecord> copies, List<ParticipantCursor> receivers) {
        ParticipantCursor about = cursors.get(event.from());
        Optional<String> wrong = Optional.empty();
        Requirement requirement = event.requirement();
        if (requirement == JOINS) {
            wrong = present.joined(event.from(), event.lamport());
            if (about != null) {
                about.joinMet(event.lamport());
            }
        } else if (requirement == LEAVES) {
            boolean wasKnown = about == null ? complete : !about.beginsInTheMiddle() && !about.everJoined();
            wrong = present.left(event.from(), wasKnown);
            checkOwnLeave(event, copies, receivers);
        } else {
            checkSpeaker(event, copies, receivers);
        }
        if (wrong.isPresent() && !copies.isEmpty()) {
            findings.violation(requirement, copies.get(0), wrong.get());
        }
    }

    private void checkSpeaker(CheckedEvent event, List<LogRecord> copies, List<ParticipantCursor> receivers) {
        if (copies.isEmpty()) {
            return;
        }
        ParticipantCursor about = cursors.get(event.from());
        Optional<String> again = present.spoke(event);
        if (again.isPresent()
                && about == null) { // otherwise its own log shows it, including attempts with other clocks
            findings.violation(MESSAGES, copies.get(0), again.get());
        }
        if (present.isGone(event.from())) {
            findings.violation(
                    MESSAGES,
                    place(event, about, receivers.get(0)),
                    "is a message of %s, who had left".formatted(event.from()));
        }
    }

    private static Place place(CheckedEvent event, @Nullable ParticipantCursor about, ParticipantCursor receiver) {
        LogRecord copy = event.copy();
        if (copy != null) {
            return copy.place();
        }
        return about == null ? receiver.here() : about.here();
    }

    private void checkOwnLeave(CheckedEvent event, List<LogRecord> copies, List<ParticipantCursor> receivers) {
        for (int i = 0; i < copies.size(); i++) {
            if (event.sent() > 0 && receivers.get(i).name().equals(event.from())) {
                findings.violation(LEAVES, copies.get(i), event.from() + " received its own leave");
            }
        }
    }
}
