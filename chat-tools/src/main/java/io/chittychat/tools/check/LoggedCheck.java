package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.Optional;

/** Every receipt of a message has in its record the text as its publisher sent it; a Lamport time every receipt has. */
final class LoggedCheck {

    private LoggedCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        for (Stay stay : conversation.stays()) {
            stay.log().events().stream()
                    .filter(event -> event.isEvent("published"))
                    .forEach(event -> check(event, conversation, findings));
        }
        return findings.verdict(Requirement.LOGGED);
    }

    private static void check(LogRecord event, Conversation conversation, Findings findings) {
        Optional<String> text = event.find("text");
        Optional<String> sent = event.find("from")
                .flatMap(conversation::stayOf)
                .flatMap(publisher -> publisher.publishSentAt(event.sent()))
                .flatMap(request -> request.find("text"));
        if (text.isEmpty() || event.find("from").isEmpty()) {
            findings.violation(event, "the record of a message lacks its text or who sent it");
        } else {
            findings.expect(text.equals(sent), event, "the text is not the one that was sent");
        }
    }
}
