package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who went was announced as gone to everybody who remained, exactly once, by the exact sentence; who was
 * killed as well as who took leave, and whose session expired. Nobody sees its own leave; only who was absent while its
 * session expired, and has another one, reads of it afterwards.
 */
final class LeavesCheck {

    private LeavesCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        conversation.stays().forEach(gone -> check(gone, conversation, findings));
        conversation.events().stream()
                .filter(event -> event.isEvent("left"))
                .filter(event ->
                        event.find("from").flatMap(conversation::stayOf).isEmpty())
                .forEach(event -> findings.violation(event, "announces that somebody left who was never there"));
        return findings.verdict(Requirement.LEAVES);
    }

    private static void check(Stay gone, Conversation conversation, Findings findings) {
        List<Session> sessions = gone.sessions();
        sessions.forEach(session -> check(gone, session, conversation, findings));
        boolean tookLeave =
                !sessions.isEmpty() && sessions.get(sessions.size() - 1).leave().isPresent();
        if (!gone.wasKilled() && !tookLeave) {
            findings.violation(gone, gone.log().records().size(), gone.name() + " never took leave");
        }
    }

    private static void check(Stay gone, Session session, Conversation conversation, Findings findings) {
        List<LogRecord> announcements = conversation.events().stream()
                .filter(event -> isLeaveOf(gone, event) && session.spans(event.lamport()))
                .toList();
        announcements.stream()
                .skip(1)
                .forEach(again -> findings.violation(again, "announces once more that %s left".formatted(gone.name())));
        if (!session.expired()) {
            gone.events().values().stream()
                    .filter(event -> isLeaveOf(gone, event) && session.spans(event.lamport()))
                    .forEach(own -> findings.violation(own, gone.name() + " was told of its own leave"));
        }
        Optional<Long> lamport =
                session.leave().or(() -> announcements.stream().findFirst()).map(LogRecord::lamport);
        if (lamport.isPresent()) {
            conversation.requireCopies(lamport.get(), ExpectedEvent.left(gone.name(), lamport.get()), findings);
        } else if (session.expired()) {
            findings.violation(
                    gone,
                    session.next().map(LogRecord::line).orElse(0),
                    "%s joined again, but nobody was told that it had left".formatted(gone.name()));
        } else {
            requireThatNobodyRemained(gone, conversation, findings);
        }
    }

    private static void requireThatNobodyRemained(Stay gone, Conversation conversation, Findings findings) {
        conversation.stays().stream()
                .filter(stay -> stay != gone && stay.isOwed(gone.lastSeen() + 1))
                .forEach(stay -> findings.violation(
                        stay,
                        stay.log().records().size(),
                        "%s was never told that %s left".formatted(stay.name(), gone.name())));
    }

    private static boolean isLeaveOf(Stay gone, LogRecord event) {
        return event.isEvent("left") && event.find("from").equals(Optional.of(gone.name()));
    }
}
