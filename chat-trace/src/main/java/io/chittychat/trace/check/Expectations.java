package io.chittychat.trace.check;

import static io.chittychat.trace.check.Requirement.ORDER;

import io.chittychat.trace.log.LogRecord;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events that participants were told of in answer to their requests and that were not met yet. Not safe for use by several
 * threads.
 */
final class Expectations {

    private final Findings findings;
    private final TreeMap<Long, Expected> waiting = new TreeMap<>();
    private long reached;

    Expectations(Findings findings) {
        this.findings = findings;
    }

    /** Everything up to a Lamport time was met. */
    void reached(long lamport) {
        reached = lamport;
    }

    /** A participant's request was accepted. */
    void accepted(Testimony by, LogRecord reply, List<Requests.Attempt> attempts) {
        long metAt = Requests.metAt(attempts, reply.lamport());
        String type = Requests.eventOf(reply.rpc());
        Requirement requirement = Requirement.ofCopies(type);
        if (metAt == reply.lamport()) {
            by.requests().settled(attempts);
        } else if (metAt != 0) {
            by.requests().settled(attempts);
            findings.violation(
                    requirement,
                    reply,
                    "%s was told Lamport time %d, but the event came at %d"
                            .formatted(by.name(), reply.lamport(), metAt));
        } else if (reply.lamport() <= reached) {
            by.requests().settled(attempts);
            findings.violation(
                    requirement,
                    reply,
                    "%s of %s was accepted at Lamport time %d, but nobody received it"
                            .formatted(reply.rpc(), by.name(), reply.lamport()));
        } else {
            expect(new Expected(by, reply, type, attempts));
        }
    }

    private void expect(Expected expected) {
        Expected other = waiting.putIfAbsent(expected.reply().lamport(), expected);
        if (other != null) {
            findings.violation(
                    ORDER,
                    expected.reply(),
                    "Lamport time %d was given to another request, too: %s"
                            .formatted(expected.reply().lamport(), other.reply().place()));
        }
    }

    /** The earliest time at which something is expected; the largest number there is if nothing is. */
    long next() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
    }

    /** What is expected at a time, which is met now. */
    @Nullable
    Expected take(long lamport) {
        return waiting.remove(lamport);
    }
}
