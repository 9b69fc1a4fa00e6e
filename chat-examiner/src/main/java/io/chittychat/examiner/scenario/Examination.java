package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Finding;
import io.chittychat.examiner.finding.Findings;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.finding.Verdict;
import io.chittychat.examiner.foreign.CannotExamineException;
import io.chittychat.examiner.mapping.Mapping;
import io.chittychat.examiner.participant.Access;
import io.chittychat.examiner.participant.Answer.Outcome;
import io.chittychat.examiner.participant.Participant;
import io.chittychat.process.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays a conversation with a service, and says which requirements hold. */
public final class Examination {

    private static final long STEPS_OF_WORK = 1000;
    private static final int CROWD_MESSAGES = 10;
    private static final int CROWD_LENGTH = 32;
    private static final int FLOOD_MESSAGES = 300;
    private static final int FLOOD_LENGTH = 128;

    private final Access access;
    private final Consumer<String> progress;
    private final Findings findings = new Findings();
    private final Stage stage;
    private final Arrivals arrivals;
    private final Messages messages;
    private final Departures departures;
    private final Crowd crowd;
    private final Deliveries deliveries;

    /**
     * An examination.
     *
     * @param run four letters or digits that no other examination of this service has
     * @param progress takes a sentence before each scenario
     */
    public Examination(Access access, Mapping mapping, Limits limits, String run, Consumer<String> progress) {
        this.access = access;
        this.progress = progress;
        this.stage = new Stage(mapping, findings, limits, run);
        this.arrivals = new Arrivals(stage);
        this.messages = new Messages(stage);
        this.departures = new Departures(stage);
        this.crowd = new Crowd(stage);
        this.deliveries = new Deliveries(stage);
    }

    /**
     * Plays it.
     *
     * @return one verdict for each requirement
     * @throws CannotExamineException if the service cannot be reached or understood
     */
    public List<Verdict> play() {
        try (stage;
                Relay relay = new Relay(access.socket(), () -> new Relay.Course() {})) {
            progress.accept("Three participants join, and each says something.");
            Participant ada = first("ada");
            Participant bob = first("bob");
            Participant cid = first("cid");
            greet(List.of(ada, bob, cid));
            progress.accept("Messages of 128 and 129 characters.");
            new Lengths(
                            stage,
                            messages,
                            () -> arrivals.enter("dee" + stage.everybody().size(), access.connect()))
                    .play();
            progress.accept("Three publish at the same time, and one more joins.");
            Optional<Participant> eve = talkAtOnce(List.of(ada, bob, cid), relay);
            progress.accept("One leaves, and one crashes.");
            departures.leave(cid);
            messages.say(bob, "has cid gone?");
            eve.ifPresent(one -> {
                departures.crash(one, relay::close);
                messages.say(ada, "where is eve?");
            });
            progress.accept("One stops reading while others publish.");
            ignore(List.of(ada, bob));
            stage.present().stream().filter(one -> one != ada).forEach(departures::leave);
            new Aftermath(stage).look();
            ada.leave();
        }
        design();
        return findings.verdicts();
    }

    /** Lets one join without whom there is nothing to examine. */
    private Participant first(String role) {
        Arrivals.Arrival arrival = arrivals.attempt(role, access.connect());
        if (!arrival.isPresent()) {
            String says = arrival.answer().says();
            throw new CannotExamineException("%s could not join: %s%s"
                    .formatted(
                            arrival.participant().name(),
                            says,
                            says.contains("UNIMPLEMENTED")
                                    ? "; if the service has another contract, describe it with --mapping"
                                    : ""));
        }
        arrivals.judge(arrival, true);
        return arrival.participant();
    }

    private void greet(List<Participant> people) {
        for (Participant one : people) {
            Said said = messages.say(one, "hello");
            if (people.stream().allMatch(listener -> listener.hearing().size() == 0)) {
                throw new CannotExamineException(nothingHeard(people, said));
            }
        }
        if (stage.mapping().publish().send().has("time")) {
            people.get(0).work(STEPS_OF_WORK);
            messages.say(people.get(0), "I have been working");
        }
    }

    private static String nothingHeard(List<Participant> people, Said said) {
        String unread = people.stream()
                .map(one -> one.hearing().unread())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String why = unread.isEmpty()
                ? "nothing came on their streams (%s)"
                        .formatted(people.get(0).hearing().end().orElse("they are open"))
                : "the mapping finds no event in what came, such as: " + unread.replaceAll("\\s+", " ");
        return "three participants joined and one published (%s), but %s"
                .formatted(said.answer().says(), why);
    }

    private Optional<Participant> talkAtOnce(List<Participant> authors, Relay relay) {
        List<Arrivals.Arrival> late = new ArrayList<>();
        List<Crowd.Sent> sent = crowd.talk(
                authors,
                CROWD_MESSAGES,
                CROWD_LENGTH,
                () -> late.add(arrivals.attempt("eve", access.connectBy(relay.port()))));
        List<Crowd.Sent> taken = deliveries.taken(sent, authors);
        authors.forEach(one -> deliveries.require(one, taken, "when three publish at the same time"));
        late.forEach(arrival -> arrivals.judge(arrival, false));
        messages.say(authors.get(0), "welcome, eve");
        return late.stream()
                .filter(Arrivals.Arrival::isPresent)
                .map(Arrivals.Arrival::participant)
                .findFirst();
    }

    /** Has many messages published while a newcomer does not read. */
    private void ignore(List<Participant> authors) {
        Optional<Participant> slow = arrivals.enter("fay", access.connectNarrowly());
        if (slow.isEmpty()) {
            return;
        }
        slow.get().stopReading();
        List<Crowd.Sent> sent = crowd.talk(authors, FLOOD_MESSAGES, FLOOD_LENGTH, () -> {});
        Optional<Crowd.Sent> stuck = sent.stream()
                .filter(message -> message.answer().is(Outcome.UNKNOWN))
                .findFirst();
        stuck.ifPresent(message -> blocked(slow.get(), message));
        List<Crowd.Sent> taken = deliveries.taken(sent, authors);
        authors.forEach(one -> deliveries.require(one, taken, "when one participant does not read"));
        slow.get().readOn();
        deliveries.require(slow.get(), taken, "for a participant who reads slowly");
    }

    private void blocked(Participant slow, Crowd.Sent message) {
        findings.add(Finding.unknown(
                Requirement.PUBLISH_VALID,
                "One participant who does not read seems to stop the conversation of all.",
                "the others go on: the service does not wait for %s".formatted(slow.name()),
                "%s published, and got no answer".formatted(message.author().name()),
                List.of("%s at Lamport time %d: %s"
                        .formatted(
                                message.author().name(),
                                message.answer().sentAt(),
                                message.answer().says()))));
    }

    /** Notes where the design is not the assignment's. */
    private void design() {
        named(Requirement.BY_PUBLISH, "publish", stage.mapping().publish().name());
        named(Requirement.BROADCAST, "broadcast", stage.mapping().broadcast().name());
    }

    private void named(Requirement requirement, String word, String method) {
        if (!method.toLowerCase(Locale.ROOT).contains(word)) {
            findings.add(Finding.note(
                    requirement,
                    "The method for it has another name than the assignment's.",
                    word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) + "()",
                    method + "()",
                    List.of()));
        }
    }
}
