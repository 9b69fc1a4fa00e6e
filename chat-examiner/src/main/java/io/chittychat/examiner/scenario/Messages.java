package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Event;
import io.chittychat.examiner.mapping.Kind;
import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Lets participants publish (R1, R2), and checks that everybody is told (R3). */
final class Messages {

    private final Stage stage;

    Messages(Stage stage) {
        this.stage = stage;
    }

    /** Says something short while nothing else happens. */
    Said say(Participant author, String words) {
        Said said = attempt(author, stage.text(words));
        if (said.answer().is(Outcome.REFUSED)) {
            stage.findings()
                    .add(Finding.failure(
                            Requirement.PUBLISH_VALID,
                            "The service refused a valid message.",
                            "any client may publish a valid message at any time",
                            said.answer().says(),
                            said.words()));
        }
        judge(said, true);
        return said;
    }

    /** Publishes a text, and waits until everybody has received it. A refusal is not judged. */
    Said attempt(Participant author, String text) {
        Map<Participant, Integer> places = stage.places();
        int refusals = author.hearing().refusals();
        Answer answer = author.publish(text);
        if (answer.is(Outcome.REFUSED)) {
            return new Said(author, text, answer, new Copies(List.of(), List.of(), Duration.ZERO));
        }
        Copies copies = Copies.await(places, isCopy(text), stage.patience(Requirement.BROADCAST));
        return new Said(author, text, outcome(author, answer, copies, refusals), copies);
    }

    /** What came of a message on whose stream nothing is answered. */
    private Answer outcome(Participant author, Answer answer, Copies copies, int refusals) {
        if (!answer.is(Outcome.SENT)) {
            return answer;
        }
        if (!copies.received().isEmpty()) {
            return with(answer, Outcome.ACCEPTED, answer.says());
        }
        if (author.hearing().refusals() > refusals) {
            return with(answer, Outcome.REFUSED, "the service answered with a refusal");
        }
        return author.hearing()
                .end()
                .map(how -> with(answer, Outcome.REFUSED, "the service ended the stream: " + how))
                .orElse(answer);
    }

    private static Answer with(Answer answer, Outcome outcome, String says) {
        return new Answer(outcome, answer.sentAt(), answer.time(), says);
    }

    /**
     * Judges what came of a valid message, but for a refusal.
     *
     * @param alone whether nothing else happened meanwhile
     */
    void judge(Said said, boolean alone) {
        if (said.answer().is(Outcome.REFUSED)) {
            return;
        }
        if (said.answer().is(Outcome.ACCEPTED)) {
            stage.findings().holds(Requirement.PUBLISH_VALID);
            stage.findings().holds(Requirement.BY_PUBLISH);
        } else {
            stage.findings()
                    .add(Finding.unknown(
                            Requirement.PUBLISH_VALID,
                            "The service did not say whether it took a valid message.",
                            "any client may publish a valid message at any time",
                            said.answer().says(),
                            said.words()));
        }
        said.copies().received().forEach(copy -> judge(said, copy));
        if (!said.copies().isComplete()
                && (said.answer().is(Outcome.ACCEPTED)
                        || !said.copies().received().isEmpty())) {
            missing(said);
        }
        if (alone) {
            stage.causality().next(said.name(), said.copies(), sentAt(said));
        }
    }

    private OptionalLong sentAt(Said said) {
        return stage.mapping().publish().send().has("time")
                ? OptionalLong.of(said.answer().sentAt())
                : OptionalLong.empty();
    }

    private void missing(Said said) {
        boolean authorOnly = said.copies().isLacking(said.author())
                && said.copies().missing().size() == 1;
        int copies = said.copies().received().size();
        stage.findings()
                .add(Finding.failure(
                        Requirement.BROADCAST,
                        authorOnly
                                ? "The author of a message does not receive it."
                                : "Not everybody receives a message.",
                        "every published message is broadcast to all participants",
                        "%d of %d received it"
                                .formatted(
                                        copies, copies + said.copies().missing().size()),
                        said.words()));
    }

    private void judge(Said said, Copy copy) {
        if (copy.time().isEmpty()) {
            stage.findings()
                    .add(Finding.failure(
                            Requirement.BROADCAST,
                            "A message is broadcast without a Lamport time.",
                            "every message is broadcast with its Lamport timestamp",
                            "no number where the mapping says that the time is",
                            List.of(said.name(), copy.words())));
        } else if (!copy.text().contains(said.text())) {
            stage.findings()
                    .add(Finding.failure(
                            Requirement.BROADCAST,
                            "A message is changed on its way.",
                            "'%s'".formatted(said.text()),
                            "'%s'".formatted(copy.text()),
                            List.of(said.request(), copy.words())));
        } else {
            stage.findings().holds(Requirement.BROADCAST);
        }
    }

    /** Whether an event is a message, perhaps changed behind its mark. */
    static Predicate<Event> isCopy(String text) {
        String mark = Stage.markOf(text);
        return event -> event.kind() == Kind.PUBLISHED && event.text().contains(mark);
    }
}
