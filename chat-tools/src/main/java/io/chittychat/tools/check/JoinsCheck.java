package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;

/** Every accepted join was announced to everybody present, the newcomer included and first of all, by the exact sentence. */
final class JoinsCheck {

    private JoinsCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        for (Stay newcomer : conversation.stays()) {
            newcomer.joinReply().ifPresent(reply -> {
                long lamport = reply.lamport();
                ExpectedEvent expected = ExpectedEvent.joined(newcomer.name(), lamport);
                if (newcomer.events().isEmpty()) {
                    findings.violation(newcomer, reply.line(), newcomer.name() + " received nothing at all");
                }
                conversation.requireCopies(lamport, expected, findings);
            });
        }
        conversation.events().stream()
                .filter(event -> event.isEvent("joined"))
                .filter(event -> !isToldToTheNewcomer(event, conversation))
                .forEach(event -> findings.violation(event, "announces a join that nobody was granted"));
        return findings.verdict(Requirement.JOINS);
    }

    private static boolean isToldToTheNewcomer(LogRecord event, Conversation conversation) {
        return event.find("from")
                .flatMap(conversation::stayOf)
                .flatMap(Stay::joinReply)
                .filter(reply -> reply.lamport() == event.lamport())
                .isPresent();
    }
}
