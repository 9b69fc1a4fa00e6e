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
 * One event: that its copies are as they must be and alike, that everybody has one to whom it is owed, and that somebody
 * asked for it. Not safe for use by several threads.
 */
final class EventCheck {

    private final Findings findings;
    private final Map<String, Testimony> testimonies;
    private final boolean everybody;
    private final Roll roll = new Roll();

    /** @param everybody whether the log of everybody who ever took part is there */
    EventCheck(Findings findings, Map<String, Testimony> testimonies, boolean everybody) {
        this.findings = findings;
        this.testimonies = testimonies;
        this.everybody = everybody;
    }

    Roll roll() {
        return roll;
    }

    /** Checks an event. */
    void check(Subject subject, List<LogRecord> copies, List<Testimony> receivers) {
        LogRecord copy = subject.copy();
        boolean caused = copy == null || isCaused(subject, copy);
        LogRecord request = copy == null || !caused ? null : request(subject, copy);
        copies.forEach(each -> check(each, subject, request));
        if (caused) {
            checkThatNobodyLacksIt(subject, receivers);
        }
        checkPresence(subject, copies, receivers);
    }

    private void checkThatNobodyLacksIt(Subject subject, List<Testimony> receivers) {
        for (Testimony participant : testimonies.values()) {
            if (!receivers.contains(participant) && participant.lacks(subject.lamport())) {
                findings.violation(
                        subject.requirement(),
                        participant.here(),
                        "%s did not receive %s of Lamport time %d"
                                .formatted(participant.name(), subject, subject.lamport()));
            }
        }
    }

    private void check(LogRecord copy, Subject subject, @Nullable LogRecord request) {
        if (copy.sent() >= copy.lamport()) {
            findings.violation(
                    CLOCKS,
                    copy,
                    "Lamport time %d is not later than its request's %d".formatted(copy.lamport(), copy.sent()));
        }
        if (copy.find(TEXT).isEmpty() || copy.find(FROM).isEmpty()) {
            findings.violation(LOGGED, copy, "the record of an event lacks its text or who caused it");
            return;
        }
        boolean fits = subject.isOf(copy)
                && (subject.isMessage()
                        || subject.sentence().equals(copy.find(TEXT).orElse("")));
        findings.expect(
                fits,
                subject.requirement(),
                copy,
                () -> "is not %s of Lamport time %d".formatted(subject, subject.lamport()));
        if (fits) {
            compare(copy, subject, request);
        }
    }

    private void compare(LogRecord copy, Subject subject, @Nullable LogRecord request) {
        LogRecord other = subject.copy();
        if (subject.isMessage() && request != null && !copy.find(TEXT).equals(request.find(TEXT))) {
            findings.violation(
                    LOGGED,
                    copy,
                    "the text is not the one that was sent: '%s', and not '%s'"
                            .formatted(
                                    copy.find(TEXT).orElse(""),
                                    request.find(TEXT).orElse("")));
        } else if (other != null && !Subject.isLike(copy, other)) {
            findings.violation(
                    ORDER,
                    copy,
                    "is another event of Lamport time %d than that of %s".formatted(copy.lamport(), other.place()));
        } else {
            findings.evidence(ORDER);
            if (subject.isMessage()) {
                findings.evidence(LOGGED);
            }
        }
    }

    /** Whether somebody asked for it, or might have. */
    private boolean isCaused(Subject subject, LogRecord copy) {
        Testimony sender = testimonies.get(subject.from());
        if (sender == null) {
            if (everybody) {
                findings.violation(subject.requirement(), copy, "is of " + subject.from() + ", who never took part");
            }
            return !everybody;
        }
        long before = subject.isExpiry()
                ? 0
                : sender.requests().becameBefore(subject.type(), subject.sent(), subject.lamport());
        if (before != 0) {
            sender.requests().leadingTo(subject.type(), subject.sent(), subject.lamport()); // it did, if it was not to
            findings.violation(
                    subject.requirement(),
                    copy,
                    "is %s once more: what %s asked for with clock %d became the event of Lamport time %d already"
                            .formatted(subject, subject.from(), subject.sent(), before));
            return false;
        }
        boolean caused = subject.isExpiry()
                || sender.requests().hasLedTo(subject.type(), subject.sent())
                || sender.mayHaveSent(subject.sent());
        if (!caused) {
            findings.violation(
                    subject.requirement(),
                    copy,
                    "no request of %s with clock %d led to %s of Lamport time %d"
                            .formatted(subject.from(), subject.sent(), subject, subject.lamport()));
        }
        return caused;
    }

    /** The request that led to it, if the log of who sent it is there. */
    private @Nullable LogRecord request(Subject subject, LogRecord copy) {
        Testimony sender = testimonies.get(subject.from());
        if (sender == null || subject.isExpiry()) {
            return null;
        }
        long told = sender.requests().toldOtherwise(subject.sent());
        if (told != 0) {
            findings.violation(
                    subject.requirement(),
                    copy,
                    "came at Lamport time %d, but %s was told %d".formatted(subject.lamport(), subject.from(), told));
        }
        LogRecord request = sender.requests().leadingTo(subject.type(), subject.sent(), subject.lamport());
        if (request != null && sender.requests().isOvertaken(request)) {
            findings.violation(
                    ORDER,
                    request,
                    "was sent before a message of %s that came before it, at Lamport time %d"
                            .formatted(sender.name(), subject.lamport()));
        }
        return request;
    }

    private void checkPresence(Subject subject, List<LogRecord> copies, List<Testimony> receivers) {
        Testimony about = testimonies.get(subject.from());
        Optional<String> wrong = Optional.empty();
        Requirement requirement = subject.requirement();
        if (requirement == JOINS) {
            wrong = roll.joined(subject.from(), subject.lamport());
            if (about != null) {
                about.joinMet(subject.lamport());
            }
        } else if (requirement == LEAVES) {
            boolean wasKnown = about == null ? everybody : !about.beginsInTheMiddle() && !about.everJoined();
            wrong = roll.left(subject.from(), wasKnown);
            checkOwnLeave(subject, copies, receivers);
        } else {
            checkSpeaker(subject, copies, receivers);
        }
        if (wrong.isPresent() && !copies.isEmpty()) {
            findings.violation(requirement, copies.get(0), wrong.get());
        }
    }

    private void checkSpeaker(Subject subject, List<LogRecord> copies, List<Testimony> receivers) {
        if (copies.isEmpty()) {
            return;
        }
        Testimony about = testimonies.get(subject.from());
        Optional<String> again = roll.spoke(subject);
        if (again.isPresent() && about == null) { // else its own log tells that, and of attempts with other clocks, too
            findings.violation(MESSAGES, copies.get(0), again.get());
        }
        if (roll.isGone(subject.from())) {
            findings.violation(
                    MESSAGES,
                    subject.copy() == null
                            ? about == null ? receivers.get(0).here() : about.here()
                            : subject.copy().place(),
                    "is a message of %s, who had left".formatted(subject.from()));
        }
    }

    private static Place place(Subject subject, List<Testimony> receivers) {
        LogRecord copy = subject.copy();
        return copy == null ? receivers.get(0).here() : copy.place();
    }

    private void checkOwnLeave(Subject subject, List<LogRecord> copies, List<Testimony> receivers) {
        for (int i = 0; i < copies.size(); i++) {
            if (subject.sent() > 0 && receivers.get(i).name().equals(subject.from())) {
                findings.violation(LEAVES, copies.get(i), subject.from() + " was told of its own leave");
            }
        }
    }
}
