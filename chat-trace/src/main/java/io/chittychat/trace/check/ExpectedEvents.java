package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events that accepted requests must have led to, and that no log has told of yet. Not safe for use by several threads.
 */
final class ExpectedEvents {

    /**
     * An event that must exist, because a reply says so.
     *
     * @param by the participant that received the reply
     * @param reply the reply
     * @param type {@code joined}, {@code published} or {@code left}
     * @param attempts at the request
     */
    record Expected(ParticipantCursor by, LogRecord reply, String type, List<OpenRequests.Attempt> attempts) {

        /**
         * All logs have reached the time of the event.
         *
         * @param received whether a participant received it
         */
        void met(boolean received) {
            if (received) {
                by.requests().settled(attempts);
            } else {
                OpenRequests.missed(attempts, reply.lamport());
            }
        }
    }

    private final Findings findings;
    private final TreeMap<Long, Expected> waiting = new TreeMap<>();
    private long reached;

    ExpectedEvents(Findings findings) {
        this.findings = findings;
    }

    /** All logs have been read up to a Lamport time. */
    void reached(long lamport) {
        reached = lamport;
    }

    /** A participant's request was accepted. */
    void accepted(ParticipantCursor by, LogRecord reply, List<OpenRequests.Attempt> attempts) {
        if (attempts.isEmpty() && by.requests().knowsMissing(reply.lamport())) {
            return; // its request is missing, and its event has been met
        }
        long metAt = OpenRequests.metAt(attempts, reply.lamport());
        String type = OpenRequests.eventOf(reply);
        Requirement requirement = Requirement.ofCopies(type);
        if (metAt == reply.lamport()) {
            by.requests().settled(attempts);
        } else if (metAt != 0) {
            by.requests().settled(attempts);
            findings.violation(
                    requirement,
                    reply,
                    "the reply to %s says Lamport time %d, but all logs have its event at %d"
                            .formatted(by.name(), reply.lamport(), metAt));
        } else if (reply.lamport() <= reached) {
            by.requests().settled(attempts);
            findings.violation(
                    requirement,
                    reply,
                    "the %s of %s was accepted at Lamport time %d, but no log has its event"
                            .formatted(reply.rpc(), by.name(), reply.lamport()));
        } else {
            expect(new Expected(by, reply, type, attempts));
        }
    }

    private void expect(Expected expected) {
        expected.attempts().forEach(attempt -> attempt.promises(expected));
        Expected other = waiting.putIfAbsent(expected.reply().lamport(), expected);
        if (other != null) {
            findings.violation(
                    ORDER,
                    expected.reply(),
                    "the reply to %s says Lamport time %d, which another request was given in %s"
                            .formatted(
                                    expected.by().name(),
                                    expected.reply().lamport(),
                                    other.reply().place()));
        }
    }

    /** The earliest time of an expected event; {@link Long#MAX_VALUE} if there is none. */
    long next() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
    }

    /** The reply has a wrong time, so its event is not expected then. */
    void dismiss(Expected expected) {
        waiting.remove(expected.reply().lamport(), expected);
        expected.attempts().forEach(attempt -> attempt.promises(null));
    }

    /** The event that is expected at a time, if there is one. */
    @Nullable
    Expected at(long lamport) {
        return waiting.get(lamport);
    }

    /** Removes the event that is expected at a time, if there is one. */
    @Nullable
    Expected take(long lamport) {
        return waiting.remove(lamport);
    }
}
