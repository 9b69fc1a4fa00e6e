package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Kind;
import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Lets participants drop out (R7), and checks that those who remain are told (R8). */
final class Departures {

    private final Stage stage;

    Departures(Stage stage) {
        this.stage = stage;
    }

    /** Lets one leave while nothing else happens. */
    void leave(Participant leaver) {
        stage.exits(leaver);
        Map<Participant, Integer> places = stage.places();
        Answer answer = leaver.leave();
        String request = "%s at Lamport time %d: %s".formatted(leaver.name(), answer.sentAt(), answer.says());
        if (answer.is(Outcome.REFUSED) || answer.is(Outcome.UNKNOWN)) {
            boolean refused = answer.is(Outcome.REFUSED);
            stage.findings()
                    .add(new Finding(
                            Requirement.LEAVE,
                            refused ? Finding.Weight.FAILURE : Finding.Weight.UNKNOWN,
                            refused ? "The service refused a leave." : "The service did not answer a leave.",
                            "clients may drop out at any time",
                            answer.says(),
                            List.of(request)));
            return;
        }
        boolean called = stage.mapping().leave().isPresent();
        Copies copies = told(
                leaver,
                places,
                called ? stage.limits().answer() : stage.limits().loss());
        if (answer.is(Outcome.ACCEPTED) || !copies.received().isEmpty()) {
            stage.findings().holds(Requirement.LEAVE);
        }
        judge(leaver, copies, "The participants who remain are not all told of a leave.", request);
        stage.causality()
                .next(
                        "the leave of " + leaver.name(),
                        copies,
                        stage.mapping()
                                        .leave()
                                        .filter(call -> call.send().has("time"))
                                        .isPresent()
                                ? OptionalLong.of(answer.sentAt())
                                : OptionalLong.empty());
    }

    /**
     * Cuts one off without a word.
     *
     * @param cut breaks the connection
     */
    void crash(Participant lost, Runnable cut) {
        stage.exits(lost);
        Map<Participant, Integer> places = stage.places();
        cut.run();
        Copies copies = told(lost, places, stage.limits().loss());
        judge(
                lost,
                copies,
                "The participants who remain are not told that one has crashed.",
                "the connection of " + lost.name() + " was cut, without a leave");
        if (!copies.received().isEmpty()) {
            stage.findings().holds(Requirement.LEAVE);
        }
        stage.causality().next("the leave of " + lost.name(), copies, OptionalLong.empty());
    }

    private Copies told(Participant gone, Map<Participant, Integer> places, Duration limit) {
        return Copies.await(
                places,
                Arrivals.of(Kind.LEFT, gone),
                stage.findings().fails(Requirement.LEAVE_TOLD) ? stage.limits().brief() : limit);
    }

    private void judge(Participant gone, Copies copies, String what, String cause) {
        copies.received().forEach(copy -> stage.findings().holds(Requirement.LEAVE_TOLD));
        if (!copies.isComplete()) {
            List<String> evidence = new ArrayList<>(List.of(cause));
            evidence.addAll(copies.words());
            stage.findings()
                    .add(Finding.failure(
                            Requirement.LEAVE_TOLD,
                            what,
                            "\"Participant %s left Chitty-Chat at Lamport time L\" goes to all who remain"
                                    .formatted(gone.name()),
                            "%d of %d received it within %s"
                                    .formatted(
                                            copies.received().size(),
                                            copies.received().size()
                                                    + copies.missing().size(),
                                            Limits.words(copies.limit())),
                            evidence));
        }
        Sentences.check(stage.findings(), Requirement.LEAVE_TOLD, Kind.LEFT, gone.name(), copies);
    }
}
