package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;
import static io.chittychat.trace.check.Requirement.CLOCKS;
import static io.chittychat.trace.check.Requirement.LOGGED;
import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that the copies of an event are well-formed, alike, and what was sent. Not safe for use by several threads. */
final class CopyCheck {

    private final Findings findings;

    CopyCheck(Findings findings) {
        this.findings = findings;
    }

    /** @param request the request that led to the event, if the log of its sender is given */
    void check(CheckedEvent event, List<LogRecord> copies, @Nullable LogRecord request) {
        boolean altered = request != null && isAltered(event, copies, request);
        copies.forEach(copy -> check(copy, event, altered ? null : request));
    }

    /** Whether everybody received another text than the one that was sent; said at the request. */
    private boolean isAltered(CheckedEvent event, List<LogRecord> copies, LogRecord request) {
        String text = copies.get(0).find(TEXT).orElse("");
        boolean altered = event.isMessage()
                && copies.size() > 1
                && !request.find(TEXT).equals(Optional.of(text))
                && copies.stream().allMatch(copy -> copy.find(TEXT).equals(Optional.of(text)));
        if (altered) {
            findings.violation(
                    LOGGED,
                    request,
                    "%s sent the text '%s', but everybody received '%s'"
                            .formatted(event.from(), request.find(TEXT).orElse(""), text));
        }
        return altered;
    }

    private void check(LogRecord copy, CheckedEvent event, @Nullable LogRecord request) {
        String writer = copy.participant();
        if (copy.sent() >= copy.lamport()) {
            findings.violation(
                    CLOCKS,
                    copy,
                    "the log of %s says that %s of Lamport time %d was sent at %d, which is not earlier"
                            .formatted(writer, event, copy.lamport(), copy.sent()));
        }
        if (copy.find(TEXT).isEmpty() || copy.find(FROM).isEmpty()) {
            findings.violation(
                    LOGGED,
                    copy,
                    "the log of %s has %s of Lamport time %d without its text or its participant"
                            .formatted(writer, event, event.lamport()));
            return;
        }
        boolean fits = event.isOf(copy)
                && (event.isMessage() || event.sentence().equals(copy.find(TEXT).orElse("")));
        findings.expect(fits, event.requirement(), copy, () -> misfit(copy, event));
        if (fits) {
            compare(copy, event, request);
        }
    }

    private static String misfit(LogRecord copy, CheckedEvent event) {
        String from = copy.find(FROM).orElse("");
        if (event.isOf(copy)) {
            return "the log of %s has another sentence for %s than '%s'"
                    .formatted(copy.participant(), event, event.sentence());
        }
        return event.isMessage() && copy.isEvent("published")
                ? "the log of %s says that %s wrote the message of Lamport time %d, but %s wrote it"
                        .formatted(copy.participant(), from, event.lamport(), event.from())
                : "the log of %s has %s at Lamport time %d, but this is %s"
                        .formatted(copy.participant(), MissedEvents.phrase(copy), event.lamport(), event);
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
            findings.violation(ORDER, copy, difference(copy, other, event));
        } else {
            findings.evidence(ORDER);
            if (event.isMessage()) {
                findings.evidence(LOGGED);
            }
        }
    }

    private static String difference(LogRecord copy, LogRecord other, CheckedEvent event) {
        return copy.sent() == other.sent()
                ? "the log of %s has another text for %s of Lamport time %d than %s"
                        .formatted(copy.participant(), event, event.lamport(), other.place())
                : "the log of %s says that %s of Lamport time %d was sent at %d, but %s says %d"
                        .formatted(
                                copy.participant(), event, event.lamport(), copy.sent(), other.place(), other.sent());
    }
}
