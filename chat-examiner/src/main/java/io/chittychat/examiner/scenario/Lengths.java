package io.chittychat.examiner.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Publishes the longest valid messages and the shortest invalid ones, of characters of several sizes (R1). */
final class Lengths {

    private static final int MOST = 128;
    private static final String ONE_BYTE = "a";
    private static final String TWO_BYTES = "\u00fc"; // ü
    private static final String FOUR_BYTES = "\ud83d\ude00"; // a smiling face, two units of UTF-16

    private final Stage stage;
    private final Messages messages;
    private final Supplier<Optional<Participant>> newcomers;

    /** @param newcomers lets one join who may be sent away */
    Lengths(Stage stage, Messages messages, Supplier<Optional<Participant>> newcomers) {
        this.stage = stage;
        this.messages = messages;
        this.newcomers = newcomers;
    }

    void play() {
        Optional<Participant> author = newcomers.get();
        List<Said> valid = new ArrayList<>();
        for (String letter : List.of(ONE_BYTE, TWO_BYTES, FOUR_BYTES)) {
            if (author.isPresent()) {
                Said said = messages.attempt(author.get(), stage.text(MOST, letter));
                messages.judge(said, true);
                valid.add(said);
                author = stillThere(author.get());
            }
        }
        valid.stream().filter(Lengths::isRefused).findFirst().ifPresent(said -> refused(said, valid));
        for (String letter : List.of(ONE_BYTE, TWO_BYTES)) {
            if (author.isPresent()) {
                tooLong(author.get(), stage.text(MOST + 1, letter));
                author = stillThere(author.get());
            }
        }
    }

    /** The participant, or another one if the service has ended its stream. */
    private Optional<Participant> stillThere(Participant author) {
        if (author.hearing().end().isEmpty()) {
            return Optional.of(author);
        }
        stage.exits(author);
        return newcomers.get();
    }

    private void refused(Said said, List<Said> all) {
        List<String> evidence = new ArrayList<>();
        all.forEach(one -> evidence.add(one.request()));
        stage.findings()
                .add(Finding.failure(
                        Requirement.PUBLISH_VALID,
                        "The service refused a message of %d characters.".formatted(MOST),
                        "%d characters are valid, however many bytes they take".formatted(MOST),
                        said.answer().says() + hint(said, all),
                        evidence));
    }

    private static String hint(Said said, List<Said> all) {
        boolean asciiPasses = !isRefused(all.get(0));
        if (!asciiPasses) {
            return "";
        }
        int bytes = said.text().getBytes(UTF_8).length;
        return said == all.get(1)
                ? "; it seems to count bytes (%d here), not characters".formatted(bytes)
                : "; it seems to count units of UTF-16 (%d here), not characters"
                        .formatted(said.text().length());
    }

    private static boolean isRefused(Said said) {
        return said.answer().is(Outcome.REFUSED);
    }

    private void tooLong(Participant author, String text) {
        int refusals = author.hearing().refusals();
        Answer answer = author.publish(text);
        // Whatever was to come of it has come before what comes of the next one.
        Optional<Said> next = author.hearing().end().isEmpty()
                ? Optional.of(messages.attempt(author, stage.text("that was one character too many")))
                : Optional.empty();
        Said said = new Said(author, text, answer, Copies.now(stage.present(), Messages.isCopy(text)));
        boolean ended = author.hearing().end().isPresent();
        boolean toldSo = ended || author.hearing().refusals() > refusals;
        if (said.copies().received().stream().anyMatch(copy -> copy.text().contains(text))) {
            stage.findings()
                    .add(Finding.failure(
                            Requirement.PUBLISH_VALID,
                            "The service accepted a message of %d characters.".formatted(MOST + 1),
                            "at most %d characters are valid".formatted(MOST),
                            "%d participants received it whole"
                                    .formatted(said.copies().received().size()),
                            received(said)));
            return;
        }
        boolean answered = answer.is(Outcome.REFUSED) || answer.is(Outcome.ACCEPTED);
        boolean passed = next.filter(one -> !one.copies().received().isEmpty()).isPresent();
        if (!answered && !toldSo && (answer.is(Outcome.UNKNOWN) || !passed)) {
            stage.findings()
                    .add(Finding.unknown(
                            Requirement.PUBLISH_VALID,
                            "The service did not say whether it refuses a message of %d characters."
                                    .formatted(MOST + 1),
                            "at most %d characters are valid".formatted(MOST),
                            answer.says(),
                            List.of(said.request())));
            return;
        }
        stage.findings().holds(Requirement.PUBLISH_VALID);
        remark(said, answer, ended);
    }

    private static List<String> received(Said said) {
        List<String> evidence = new ArrayList<>(List.of(said.request()));
        said.copies().received().forEach(copy -> evidence.add(copy.words()));
        return evidence;
    }

    private void remark(Said said, Answer answer, boolean ended) {
        if (!said.copies().received().isEmpty()) {
            note("The service shortens a message that is too long.", "its author is told that it is refused", said);
        } else if (answer.is(Outcome.ACCEPTED)) {
            note("The service says OK to a message that it does not broadcast.", "it says that it is refused", said);
        } else if (ended) {
            note("The service ends the stream of who sends too much.", "it refuses the message only", said);
        }
    }

    private void note(String what, String expected, Said said) {
        stage.findings()
                .add(Finding.note(
                        Requirement.PUBLISH_VALID, what, expected, said.answer().says(), received(said)));
    }
}
