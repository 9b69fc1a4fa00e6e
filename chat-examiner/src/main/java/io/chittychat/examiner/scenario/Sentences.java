package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Findings;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Kind;
import java.util.List;

/** Compares what participants are told of joins and leaves with the assignment's sentences. */
final class Sentences {

    private Sentences() {}

    /** Notes other words, and another time in the sentence. */
    static void check(Findings findings, Requirement requirement, Kind kind, String name, Copies copies) {
        String sentence = "Participant %s %s Chitty-Chat at Lamport time ".formatted(name, kind.word());
        for (Copy copy : copies.received()) {
            if (copy.time().isEmpty()) {
                findings.add(Finding.failure(
                        requirement,
                        "What is told of a %s has no Lamport time.".formatted(kind == Kind.JOINED ? "join" : "leave"),
                        sentence + "L",
                        copy.text(),
                        List.of(copy.words())));
            } else if (!copy.text().isEmpty()
                    && !copy.text().contains(sentence + copy.time().getAsLong())) {
                findings.add(Finding.note(
                        requirement,
                        "The words for those who have %s are not the assignment's.".formatted(kind.word()),
                        sentence + copy.time().getAsLong(),
                        copy.text(),
                        List.of(copy.words())));
            }
        }
    }
}
