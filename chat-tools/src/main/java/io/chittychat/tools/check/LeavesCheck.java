package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who went was announced as gone to everybody who remained, exactly once, by the exact sentence; who was
 * killed as well as who took leave. Nobody sees its own leave.
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
        List<LogRecord> announcements = conversation.events().stream()
                .filter(event -> isLeaveOf(gone, event))
                .toList();
        announcements.stream()
                .skip(1)
                .forEach(again -> findings.violation(again, "announces once more that %s left".formatted(gone.name())));
        gone.events().values().stream()
                .filter(event -> isLeaveOf(gone, event))
                .forEach(own -> findings.violation(own, gone.name() + " was told of its own leave"));
        if (!gone.wasKilled() && gone.leaveReply().isEmpty()) {
            findings.violation(gone, gone.log().records().size(), gone.name() + " never took leave");
        }
        Optional<Long> lamport = gone.leaveReply()
                .map(LogRecord::lamport)
                .or(() -> announcements.stream().findFirst().map(LogRecord::lamport));
        if (lamport.isPresent()) {
            conversation.requireCopies(lamport.get(), ExpectedEvent.left(gone.name(), lamport.get()), findings);
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
