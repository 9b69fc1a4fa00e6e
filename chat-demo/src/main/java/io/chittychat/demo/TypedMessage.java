package io.chittychat.demo;

import static io.chittychat.text.LogKeys.FROM;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message that was typed.
 *
 * @param text its text, which may have been typed before
 * @param after the last line of the speaker's log before it was typed
 */
record TypedMessage(DemoParticipant speaker, String text, int after) {

    /** The same message, whose records follow a later line. */
    TypedMessage after(int line) {
        return new TypedMessage(speaker, text, Math.max(after, line));
    }

    /** Waits until the speaker has received it, which happens even if the reply was lost. */
    LogRecord awaitReceipt() {
        return speaker.awaitRecord(
                "'%s'".formatted(text),
                entry -> entry.line() > after
                        && entry.isEvent("published")
                        && entry.find(FROM).equals(Optional.of(speaker.name()))
                        && entry.find(TEXT).equals(Optional.of(text)));
    }

    /** How often it was sent so far. */
    int attempts() {
        Optional<String> sequence = requests().findFirst().flatMap(first -> first.find(SEQUENCE));
        return (int) requests()
                .filter(request -> request.find(SEQUENCE).equals(sequence))
                .count();
    }

    /** Whether it was sent before its speaker received an event, so that the event cannot be its cause. */
    boolean wasSentBefore(long lamport) {
        int received = speaker.awaitEvent(lamport).line();
        return requests().findFirst().filter(first -> first.line() < received).isPresent();
    }

    private Stream<LogRecord> requests() {
        return speaker.log().records().stream()
                .filter(entry -> entry.line() > after)
                .filter(entry ->
                        entry.kind() == RecordKind.SEND && entry.find(TEXT).equals(Optional.of(text)));
    }
}
