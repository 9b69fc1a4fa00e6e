package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.Optional;

/**
 * Every message reached everybody who was present, at the Lamport time that its publisher was told. Starts from both
 * ends: from the replies, so that a lost message is found; and from the copies, so that one is found that nobody sent
 * or that came at another time than its reply says.
 */
final class MessagesCheck {

    private MessagesCheck() {}

    static Verdict check(Conversation conversation) {
        Findings findings = new Findings();
        for (Stay publisher : conversation.stays()) {
            publisher
                    .published()
                    .forEach(reply -> conversation.requireCopies(
                            reply.lamport(), ExpectedEvent.message(publisher.name()), findings));
        }
        conversation.events().stream()
                .filter(event -> event.isEvent("published"))
                .forEach(event -> checkOrigin(event, conversation, findings));
        return findings.verdict(Requirement.MESSAGES);
    }

    private static void checkOrigin(LogRecord event, Conversation conversation, Findings findings) {
        String from = event.find("from").orElse("");
        Optional<Stay> publisher = conversation.stayOf(from);
        Optional<LogRecord> request = publisher.flatMap(stay -> stay.publishSentAt(event.sent()));
        if (publisher.isEmpty() || request.isEmpty()) {
            findings.violation(event, "nobody sent the message of Lamport time " + event.lamport());
            return;
        }
        Optional<LogRecord> reply =
                publisher.get().sessionOf(request.get()).flatMap(session -> session.replyTo(request.get()));
        if (reply.isEmpty()) { // the publisher was killed, or lost its session, before it was told
            conversation.requireCopies(event.lamport(), ExpectedEvent.message(from), findings);
        } else if (reply.get().lamport() != event.lamport()) {
            findings.violation(
                    event,
                    "came at Lamport time %d, but %s was told %d"
                            .formatted(event.lamport(), from, reply.get().lamport()));
        }
    }
}
