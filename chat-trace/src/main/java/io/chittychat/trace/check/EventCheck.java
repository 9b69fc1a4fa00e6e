package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.SENT;
import static io.chittychat.trace.check.Requirement.JOINS;
import static io.chittychat.trace.check.Requirement.LEAVES;
import static io.chittychat.trace.check.Requirement.MESSAGES;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.log.ServiceRecord;
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
    private final ServiceCheck serviceCheck;
    private final CopyCheck copyCheck;
    private final Map<String, ParticipantCursor> cursors;
    private final boolean complete;
    private final PresentParticipants present = new PresentParticipants();

    /** @param complete whether the logs of all participants are given */
    EventCheck(Findings findings, ServiceCheck serviceCheck, Map<String, ParticipantCursor> cursors, boolean complete) {
        this.serviceCheck = serviceCheck;
        this.copyCheck = new CopyCheck(findings);
        this.findings = findings;
        this.cursors = cursors;
        this.complete = complete;
    }

    PresentParticipants present() {
        return present;
    }

    /**
     * Checks an event.
     *
     * @param expected the reply that tells of it, if there is one
     * @param step the service's record of it, if there is one
     * @return whether it is an event at all
     */
    boolean check(
            CheckedEvent event,
            List<LogRecord> copies,
            List<ParticipantCursor> receivers,
            ExpectedEvents.@Nullable Expected expected,
            @Nullable ServiceRecord step) {
        List<ParticipantCursor> lacking = lacking(event, receivers);
        if (copies.isEmpty()) {
            return isReceivedByNobody(event, lacking, expected, step);
        }
        LogRecord copy = event.copy();
        Support support = new Support(copies, receivers, lacking, expected, step);
        if (copy != null && !isCaused(event, copy, support)) {
            return false;
        }
        LogRecord request = copy == null ? null : request(event, copy);
        copyCheck.check(event, copies, request);
        if (checkPresence(event, copies, receivers)) {
            lacking.forEach(participant -> participant.misses(event));
        }
        return true;
    }

    /** Who knows of an event. */
    private record Support(
            List<LogRecord> copies,
            List<ParticipantCursor> receivers,
            List<ParticipantCursor> lacking,
            ExpectedEvents.@Nullable Expected expected,
            @Nullable ServiceRecord step) {

        /** Whether there is more than the word of a few against that of more. */
        boolean isStrong(CheckedEvent event) {
            return expected != null
                    || (step != null
                            && event.type().equals(step.eventType().orElse(""))
                            && event.from().equals(step.participant()));
        }

        boolean isByMost() {
            return copies.size() >= lacking.size();
        }
    }

    private List<ParticipantCursor> lacking(CheckedEvent event, List<ParticipantCursor> receivers) {
        return cursors.values().stream()
                .filter(participant -> !receivers.contains(participant)
                        && participant.lacks(event.lamport())
                        && !participant.hasStray(event, "the others say"))
                .toList();
    }

    /** Checks an event of which only a reply or the service tells; whether it is one. */
    private boolean isReceivedByNobody(
            CheckedEvent event,
            List<ParticipantCursor> lacking,
            ExpectedEvents.@Nullable Expected expected,
            @Nullable ServiceRecord step) {
        if (expected == null && step != null) {
            ParticipantCursor sender = cursors.get(event.from());
            boolean unknown = sender != null
                    && step.lamportIn() > 0
                    && !sender.requests().hasLedTo(event.type(), step.lamportIn())
                    && !sender.mayHaveSent(step.lamportIn());
            if (unknown || !lacking.isEmpty()) {
                lacking.forEach(ParticipantCursor::pardon);
                serviceCheck.phantom(
                        step, unknown ? event.from() + " has no such request" : "nobody received the event");
                return false;
            }
        } else if (expected != null && lacking.size() > 1) {
            lacking.forEach(ParticipantCursor::pardon);
            findings.violation(
                    event.requirement(),
                    expected.reply(),
                    "the %s of %s was accepted at Lamport time %d, but nobody received its event"
                            .formatted(expected.reply().rpc(), event.from(), event.lamport()));
        } else {
            lacking.forEach(participant -> participant.misses(event));
        }
        checkPresence(event, List.of(), List.of());
        return true;
    }

    /** Whether a request led to the event, or may have. */
    private boolean isCaused(CheckedEvent event, LogRecord copy, Support support) {
        ParticipantCursor sender = cursors.get(event.from());
        if (sender == null || event.isExpiry() || copy.find(SENT).isEmpty()) {
            return isBelieved(event, copy, support, sender);
        }
        long before = sender.requests().becameBefore(event.type(), event.sent(), event.lamport());
        if (before != 0) {
            sender.requests().leadingTo(event.type(), event.sent(), event.lamport()); // it did, although it must not
            findings.violation(
                    event.requirement(),
                    copy,
                    "this repeats %s: the request of %s with clock %d already became the event of Lamport time %d"
                            .formatted(event, event.from(), event.sent(), before));
            return false;
        }
        if (sender.requests().hasLedTo(event.type(), event.sent()) || sender.mayHaveSent(event.sent())) {
            return true;
        }
        String missing = missingRequest(event.from(), event.sent(), event.toString(), event.lamport());
        Optional<Findings.Finding> orphan = sender.requests().orphan(event.type(), event.lamport());
        if (orphan.isPresent()) {
            orphan.get().say(event.requirement(), missing);
            return true;
        }
        if (support.isStrong(event)
                || support.copies().size() > 1
                || support.receivers().contains(sender)) {
            sender.lacksRequest(event.sent(), event.lamport(), event.requirement(), missing);
            return true;
        }
        findings.violation(
                event.requirement(),
                copy,
                "no request of %s with clock %d led to %s of Lamport time %d"
                        .formatted(event.from(), event.sent(), event, event.lamport()));
        return false;
    }

    /** The words for a request that a log lacks. */
    static String missingRequest(String name, long sent, String what, long lamport) {
        return "the request of %s with clock %d is missing, which became %s of Lamport time %d"
                .formatted(name, sent, what, lamport);
    }

    /** Whether an event whose request no log shows is one. */
    private boolean isBelieved(
            CheckedEvent event, LogRecord copy, Support support, @Nullable ParticipantCursor sender) {
        if (sender == null && complete) {
            findings.violation(
                    event.requirement(), copy, "this is an event of %s, who never joined".formatted(event.from()));
            return false;
        }
        boolean believed = support.isStrong(event) || support.isByMost();
        if (!believed) {
            findings.violation(
                    event.requirement(),
                    copy,
                    "%s received %s of Lamport time %d, but nobody else did"
                            .formatted(copy.participant(), event, event.lamport()));
        }
        return believed;
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
                    "%s has Lamport time %d, but the reply to %s says %d"
                            .formatted(event, event.lamport(), event.from(), told));
        }
        LogRecord request = sender.requests().leadingTo(event.type(), event.sent(), event.lamport());
        if (request != null && sender.requests().isOvertaken(request)) {
            findings.violation(
                    ORDER,
                    request,
                    "%s sent this message before another one that has an earlier place in the order, before Lamport time %d"
                            .formatted(sender.name(), event.lamport()));
        }
        return request;
    }

    /** Whether the event may happen now, according to who is in the chat. */
    private boolean checkPresence(CheckedEvent event, List<LogRecord> copies, List<ParticipantCursor> receivers) {
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
        return wrong.isEmpty();
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
                    "this is a message of %s, who had left".formatted(event.from()));
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
                String words = "%s received its own leave".formatted(event.from());
                findings.violation(LEAVES, copies.get(i), words).say(LEAVES, words);
            }
        }
    }
}
