package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Event;
import io.chittychat.examiner.mapping.Kind;
import io.chittychat.examiner.participant.Answer;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Lets participants join (R5), and checks that everybody is told (R6). */
final class Arrivals {

    private final Stage stage;

    Arrivals(Stage stage) {
        this.stage = stage;
    }

    /** An attempt to join. */
    record Arrival(Participant participant, Answer answer, Copies copies) {

        boolean isPresent() {
            return !answer.is(Outcome.REFUSED) && !answer.is(Outcome.UNKNOWN);
        }
    }

    /**
     * Lets one more join while nothing else happens.
     *
     * @return empty if that was not possible, which is a finding
     */
    Optional<Participant> enter(String role, ManagedChannel channel) {
        Arrival arrival = attempt(role, channel);
        judge(arrival, true);
        return arrival.isPresent() ? Optional.of(arrival.participant()) : Optional.empty();
    }

    /** Lets one more join, and waits until everybody has been told. */
    Arrival attempt(String role, ManagedChannel channel) {
        Participant newcomer = stage.create(role, channel);
        Map<Participant, Integer> places = new LinkedHashMap<>();
        places.put(newcomer, 0);
        places.putAll(stage.places());
        Answer answer = newcomer.join();
        if (answer.is(Outcome.REFUSED) || answer.is(Outcome.UNKNOWN)) {
            return new Arrival(
                    newcomer,
                    answer,
                    new Copies(List.of(), List.of(), stage.limits().answer()));
        }
        Copies copies = Copies.await(places, of(Kind.JOINED, newcomer), stage.patience(Requirement.JOIN_TOLD));
        Optional<String> end = newcomer.hearing().end();
        if (end.isPresent() && copies.received().isEmpty()) {
            return new Arrival(
                    newcomer,
                    new Answer(
                            Outcome.REFUSED, answer.sentAt(), OptionalLong.empty(), "the stream ended: " + end.get()),
                    copies);
        }
        stage.enters(newcomer);
        return new Arrival(newcomer, answer, copies);
    }

    /** @param alone whether nothing else happened meanwhile */
    void judge(Arrival arrival, boolean alone) {
        Participant newcomer = arrival.participant();
        Copies copies = arrival.copies();
        List<String> evidence = new ArrayList<>(List.of("%s at Lamport time %d: %s"
                .formatted(
                        newcomer.name(),
                        arrival.answer().sentAt(),
                        arrival.answer().says())));
        if (!arrival.isPresent()) {
            boolean refused = arrival.answer().is(Outcome.REFUSED);
            stage.findings()
                    .add(new Finding(
                            Requirement.JOIN,
                            refused ? Finding.Weight.FAILURE : Finding.Weight.UNKNOWN,
                            refused ? "The service refused a join." : "The service did not answer a join.",
                            "clients may join at any time",
                            arrival.answer().says(),
                            evidence));
            return;
        }
        stage.findings().holds(Requirement.JOIN);
        evidence.addAll(copies.words());
        copies.received().forEach(copy -> stage.findings().holds(Requirement.JOIN_TOLD));
        if (!copies.isComplete()) {
            boolean newcomerOnly =
                    copies.isLacking(newcomer) && copies.missing().size() == 1;
            stage.findings()
                    .add(Finding.failure(
                            Requirement.JOIN_TOLD,
                            newcomerOnly
                                    ? "A newcomer is not told of its own join."
                                    : "Not everybody is told of a join.",
                            "\"Participant %s joined Chitty-Chat at Lamport time L\" goes to all, %s included"
                                    .formatted(newcomer.name(), newcomer.name()),
                            "%d of %d received it"
                                    .formatted(
                                            copies.received().size(),
                                            copies.received().size()
                                                    + copies.missing().size()),
                            evidence));
        }
        Sentences.check(stage.findings(), Requirement.JOIN_TOLD, Kind.JOINED, newcomer.name(), copies);
        if (alone) {
            stage.causality()
                    .next(
                            "the join of " + newcomer.name(),
                            copies,
                            stage.mapping().join().send().has("time")
                                    ? OptionalLong.of(arrival.answer().sentAt())
                                    : OptionalLong.empty());
        }
    }

    /** Whether an event is that of a participant. */
    static Predicate<Event> of(Kind kind, Participant participant) {
        return event -> event.kind() == kind
                && (event.name().equals(participant.name())
                        || (event.name().isEmpty() && event.text().contains(participant.name())));
    }
}
