package io.chittychat.trace.check;

import static io.chittychat.text.LogKeys.EVENT;
import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ServiceRecord;
import java.util.Optional;

/**
 * What makes an event this one and no other, whatever Lamport time a log gives it: who caused it, and the clock of the request.
 * A process begins with clock 1, perhaps several times, and an expired session has no request: then the sentence of the event
 * tells it from others.
 *
 * @param type {@code joined}, {@code published} or {@code left}
 * @param from the participant that it is about
 * @param sent the clock of the request; 0 if the sentence decides
 * @param sentence the sentence; empty if the clock decides
 */
record Identity(String type, String from, long sent, String sentence) {

    /** The identity of the event that was received; empty if its record does not tell. */
    static Optional<Identity> of(LogRecord copy) {
        String type = copy.find(EVENT).orElse("");
        String from = copy.find(FROM).orElse("");
        if (copy.sent() > 1) {
            return Optional.of(new Identity(type, from, copy.sent(), ""));
        }
        return type.equals("published")
                ? Optional.empty()
                : copy.find(TEXT).map(sentence -> new Identity(type, from, 0, sentence));
    }

    /** The identity of the event that a call of the service led to. */
    static Optional<Identity> of(ServiceRecord call) {
        return call.eventType()
                .filter(type -> call.lamportIn() > 1)
                .map(type -> ofRequest(type, call.participant(), call.lamportIn()));
    }

    /** The identity of the event of a request. */
    static Identity ofRequest(String type, String from, long sent) {
        return new Identity(type, from, sent, "");
    }
}
