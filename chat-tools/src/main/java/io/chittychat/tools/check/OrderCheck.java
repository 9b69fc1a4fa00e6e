package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.List;

/** In every log times strictly increase, from its own join to its own end; and any two logs have the same in common. */
final class OrderCheck {

    private OrderCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        List<Stay> stays = conversation.stays();
        stays.forEach(stay -> checkOwn(stay, findings));
        for (int i = 0; i < stays.size(); i++) {
            for (Stay other : stays.subList(i + 1, stays.size())) {
                compare(stays.get(i), other, findings);
            }
        }
        return findings.verdict(Requirement.ORDER);
    }

    private static void checkOwn(Stay stay, Findings findings) {
        long previous = 0;
        for (LogRecord event : stay.log().events()) {
            long lamport = event.lamport();
            findings.expect(
                    lamport > previous,
                    event,
                    "Lamport time %d follows %d: it does not increase".formatted(lamport, previous));
            if (!stay.isOwed(lamport)) {
                findings.violation(event, "Lamport time %d is outside %s's stay".formatted(lamport, stay.name()));
            }
            previous = lamport;
        }
    }

    /** What two participants received while both were there, event by event. */
    private static void compare(Stay one, Stay other, Findings findings) {
        List<LogRecord> left = sharedWith(other, one);
        List<LogRecord> right = sharedWith(one, other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            if (i < left.size()
                    && i < right.size()
                    && Conversation.identity(left.get(i)).equals(Conversation.identity(right.get(i)))) {
                findings.evidence();
                continue;
            }
            LogRecord at = i < left.size() ? left.get(i) : right.get(i);
            findings.violation(at, "here the sequences of %s and %s part".formatted(one.name(), other.name()));
            return;
        }
    }

    private static List<LogRecord> sharedWith(Stay other, Stay stay) {
        return stay.log().events().stream()
                .filter(event -> other.isOwed(event.lamport()) && stay.isOwed(event.lamport()))
                .toList();
    }
}
