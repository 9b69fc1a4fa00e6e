package io.chittychat.examiner.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Participant;
import java.util.ArrayList;
import java.util.List;

/**
 * A message and what came of it.
 *
 * @param answer its outcome is {@code SENT} only if nothing says whether it was accepted
 */
record Said(Participant author, String text, Answer answer, Copies copies) {

    private static final int MOST_SHOWN = 24;

    /** The message in words: the beginning of a long one. */
    String name() {
        String shown = text.codePointCount(0, text.length()) > MOST_SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "..."
                : text;
        return "%s's message '%s'".formatted(author.name(), shown);
    }

    /** The request and its answer in words, as evidence. */
    String request() {
        return "%s at Lamport time %d, %d characters (%d bytes): %s"
                .formatted(
                        author.name(),
                        answer.sentAt(),
                        text.codePointCount(0, text.length()),
                        text.getBytes(UTF_8).length,
                        answer.says());
    }

    /** All evidence: the message, its request, its copies. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(name(), request()));
        words.addAll(copies.words());
        return words;
    }
}
