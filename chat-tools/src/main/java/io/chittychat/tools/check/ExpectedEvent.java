package io.chittychat.tools.check;

import io.chittychat.tools.trace.LogRecord;
import java.util.Optional;

/**
 * What a copy of an event must look like.
 *
 * @param type {@code joined}, {@code published} or {@code left}
 * @param from the participant whom it is about
 * @param text its text, if that is to be compared
 */
record ExpectedEvent(String type, String from, Optional<String> text) {

    static ExpectedEvent message(String from) {
        return new ExpectedEvent("published", from, Optional.empty());
    }

    static ExpectedEvent joined(String from, long lamport) {
        return new ExpectedEvent("joined", from, sentence(from, "joined", lamport));
    }

    static ExpectedEvent left(String from, long lamport) {
        return new ExpectedEvent("left", from, sentence(from, "left", lamport));
    }

    private static Optional<String> sentence(String from, String did, long lamport) {
        return Optional.of("Participant %s %s Chitty-Chat at Lamport time %d".formatted(from, did, lamport));
    }

    boolean matches(LogRecord copy) {
        return copy.isEvent(type)
                && copy.find("from").equals(Optional.of(from))
                && (text.isEmpty() || copy.find("text").equals(text));
    }

    @Override
    public String toString() {
        return text.map(sentence -> "'" + sentence + "'").orElse("the message of " + from);
    }
}
