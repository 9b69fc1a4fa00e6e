package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Kind;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks whether many messages have reached their receivers (R3). */
final class Deliveries {

    private static final int MOST_SHOWN = 3;

    private final Stage stage;

    Deliveries(Stage stage) {
        this.stage = stage;
    }

    /**
     * Those messages of which it is known that the service took them: it said so, or somebody has received them.
     *
     * @param witnesses those who may have received them
     */
    List<Crowd.Sent> taken(List<Crowd.Sent> sent, List<Participant> witnesses) {
        Set<String> heard =
                sent.stream().anyMatch(message -> message.answer().is(Outcome.SENT)) ? heardIn(witnesses) : Set.of();
        List<Crowd.Sent> taken = new ArrayList<>();
        for (Crowd.Sent message : sent) {
            boolean known = message.answer().is(Outcome.ACCEPTED)
                    || (message.answer().is(Outcome.SENT) && heard.contains(Stage.markOf(message.text())));
            if (known) {
                taken.add(message);
                stage.findings().holds(Requirement.PUBLISH_VALID);
                stage.findings().holds(Requirement.BY_PUBLISH);
            } else {
                untaken(message);
            }
        }
        return taken;
    }

    /** The marks of all messages that somebody has when nothing more comes, or when the time for an answer is over. */
    private Set<String> heardIn(List<Participant> witnesses) {
        long end = System.nanoTime() + stage.limits().answer().toNanos();
        Set<String> heard = new HashSet<>();
        for (Participant witness : witnesses) {
            int size = witness.hearing().size();
            while (System.nanoTime() < end
                    && witness.hearing().awaitMore(size, stage.limits().brief())) {
                size = witness.hearing().size();
            }
            heard.addAll(marks(witness));
        }
        return heard;
    }

    private void untaken(Crowd.Sent message) {
        if (message.answer().is(Outcome.REFUSED)) {
            stage.findings()
                    .add(Finding.note(
                            Requirement.PUBLISH_VALID,
                            "The service refuses some of many messages that come at once.",
                            "messages are taken at any time; a limit that protects the service is no fault",
                            message.answer().says(),
                            List.of("%s at Lamport time %d"
                                    .formatted(
                                            message.author().name(),
                                            message.answer().sentAt()))));
        }
    }

    /**
     * Checks that one receiver gets all messages. It is waited for as long as something comes.
     *
     * @param when the circumstances, such as {@code while three publish at the same time}
     */
    void require(Participant receiver, List<Crowd.Sent> messages, String when) {
        int size = receiver.hearing().size();
        while (!hasAll(receiver, messages)
                && receiver.hearing().awaitMore(size, stage.patience(Requirement.BROADCAST))) {
            size = receiver.hearing().size();
        }
        List<Crowd.Sent> missing = new ArrayList<>();
        Set<String> heard = marks(receiver);
        for (Crowd.Sent message : messages) {
            if (heard.contains(Stage.markOf(message.text()))) {
                stage.findings().holds(Requirement.BROADCAST);
            } else {
                missing.add(message);
            }
        }
        if (!missing.isEmpty()) {
            missing(receiver, messages.size(), missing, when);
        }
    }

    private static boolean hasAll(Participant receiver, List<Crowd.Sent> messages) {
        Set<String> heard = marks(receiver);
        return messages.stream().allMatch(message -> heard.contains(Stage.markOf(message.text())));
    }

    /** The marks of all messages that a receiver has. */
    private static Set<String> marks(Participant receiver) {
        return receiver.hearing().all().stream()
                .filter(heard -> heard.event().kind() == Kind.PUBLISHED)
                .flatMap(heard -> Stage.marksIn(heard.event().text()).stream())
                .collect(Collectors.toSet());
    }

    private void missing(Participant receiver, int all, List<Crowd.Sent> missing, String when) {
        List<String> evidence = new ArrayList<>();
        missing.stream()
                .limit(MOST_SHOWN)
                .forEach(message -> evidence.add("'%s...' by %s: %s"
                        .formatted(
                                Stage.markOf(message.text()).strip(),
                                message.author().name(),
                                message.answer().says())));
        Optional<String> end = receiver.hearing().end();
        if (end.isPresent()) {
            stage.findings()
                    .add(Finding.note(
                            Requirement.BROADCAST,
                            "The service ended the stream of %s, %s.".formatted(receiver.name(), when),
                            "a stream that goes on, or one that can be resumed",
                            "the stream ended (%s) with %d of %d messages missing"
                                    .formatted(end.get(), missing.size(), all),
                            evidence));
            return;
        }
        stage.findings()
                .add(Finding.failure(
                        Requirement.BROADCAST,
                        "Messages are lost %s.".formatted(when),
                        "%s receives all %d messages".formatted(receiver.name(), all),
                        "%d of them did not come within %s after the last one that did"
                                .formatted(
                                        missing.size(),
                                        Limits.words(stage.limits().answer())),
                        evidence));
    }
}
