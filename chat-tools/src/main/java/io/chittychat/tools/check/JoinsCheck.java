package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;

/** Every accepted join was announced to everybody present, the newcomer included and first of all, by the exact sentence. */
final class JoinsCheck {

    private JoinsCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        for (Stay newcomer : conversation.stays()) {
            if (newcomer.sessions().isEmpty()) {
                continue; // which is said of its log
            }
            if (newcomer.events().isEmpty()) {
                int line = newcomer.sessions().get(0).join().line();
                findings.violation(newcomer, line, newcomer.name() + " received nothing at all");
            }
            for (Session session : newcomer.sessions()) {
                long lamport = session.join().lamport();
                conversation.requireCopies(lamport, ExpectedEvent.joined(newcomer.name(), lamport), findings);
            }
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
                .filter(newcomer -> newcomer.sessions().stream()
                        .anyMatch(session -> session.join().lamport() == event.lamport()))
                .isPresent();
    }
}
