package io.chittychat.demo;

import static io.chittychat.text.LogKeys.FROM;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.demo.scenario.ScenarioStep;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a scenario, step by step. A step is over when all connected participants have logged its result, so a step can rely on the
 * one before.
 */
final class Player {

    /** The processes that start ahead, while others talk: a JVM starts slowly, and more slowly if many start at once. */
    private static final int READY_AHEAD = 3;

    private final Scenario scenario;
    private final Cast cast;
    private final Narrator narrator;
    private final Talk talk;
    private final Outages outages;
    private final Failures failures;

    Player(Scenario scenario, Venue venue, Cast cast, Narrator narrator) {
        this.scenario = scenario;
        this.cast = cast;
        this.narrator = narrator;
        this.talk = new Talk(cast, narrator);
        this.outages = new Outages(venue, cast, narrator, talk);
        this.failures = new Failures(venue, cast, narrator, scenario.needsCluster());
    }

    /** Starts the next participants; the service need not be ready. */
    void prepare() {
        scenario.names().stream()
                .filter(name -> !cast.isStarted(name))
                .limit(READY_AHEAD)
                .toList()
                .forEach(cast::start);
    }

    /**
     * Plays it.
     *
     * @throws ProcessFailedException if a step does not have its result
     */
    void play() {
        scenario.steps().forEach(this::play);
        cast.alive().forEach(participant -> participant.type("quit"));
        cast.alive().forEach(DemoParticipant::awaitGoodEnd);
    }

    private void play(ScenarioStep step) {
        if (step instanceof ScenarioStep.Scene scene) {
            narrator.heading(scene.sentence());
        } else if (step instanceof ScenarioStep.Say say) {
            talk.say(say.sayings());
            outages.noteBreaks();
            failures.settle();
        } else {
            failures.settle();
            happens(step);
        }
    }

    private void happens(ScenarioStep step) {
        if (step instanceof ScenarioStep.Join join) {
            join(join.names());
        } else if (step instanceof ScenarioStep.Leave leave) {
            leave.names().forEach(this::leave);
        } else if (step instanceof ScenarioStep.Crash crash) {
            crash(crash.name());
        } else if (step instanceof ScenarioStep.OfCluster incident) {
            failures.play(incident);
        } else {
            outages.play(step);
        }
    }

    private void join(List<String> names) {
        Map<String, LogRecord> replies = new LinkedHashMap<>();
        Map<String, Integer> begins = new LinkedHashMap<>();
        for (String name : names) {
            names.stream()
                    .skip(replies.size())
                    .limit(READY_AHEAD)
                    .forEach(next -> begins.computeIfAbsent(next, this::askToJoin));
            LogRecord reply = awaitReply(cast.start(name), "Join", begins.getOrDefault(name, 0));
            cast.entered(cast.start(name), reply.lamport());
            replies.put(name, reply);
        }
        replies.values().stream()
                .map(LogRecord::lamport)
                .sorted()
                .forEach(lamport -> narrator.seen(cast.awaitEvent(lamport)));
        failures.joined(names);
        prepare();
    }

    /** Types the join; returns the last line of the log before. */
    private int askToJoin(String name) {
        DemoParticipant newcomer = cast.start(name);
        int line = Cast.lastLine(newcomer);
        newcomer.type("join " + name);
        return line;
    }

    private void leave(String name) {
        DemoParticipant leaver = cast.get(name);
        int begin = Cast.lastLine(leaver);
        leaver.type("leave");
        long lamport = awaitReply(leaver, "Leave", begin).lamport();
        cast.left(leaver);
        failures.forget(leaver);
        List<LogRecord> copies = cast.awaitEvent(lamport);
        if (copies.isEmpty()) {
            String who = cast.isEmpty() ? "no participant remains" : "no participant is connected";
            narrator.unseen(lamport, "%s left; %s to be told".formatted(name, who));
        } else {
            narrator.seen(copies);
        }
    }

    private static LogRecord awaitReply(DemoParticipant participant, String rpc, int after) {
        return participant.awaitRecord(
                "the reply to " + rpc,
                entry -> entry.line() > after && entry.is(RecordKind.REPLY, rpc) && entry.isOk());
    }

    private void crash(String name) {
        DemoParticipant victim = cast.get(name);
        Optional<DemoParticipant> witness = cast.connected().stream()
                .filter(participant -> participant != victim)
                .findFirst();
        int begin = witness.map(Cast::lastLine).orElse(0);
        victim.kill();
        cast.killed(victim);
        talk.forget(victim);
        failures.forget(victim);
        if (witness.isEmpty()) {
            narrator.happens(name + " is gone; no connected participant remains to be told");
            return;
        }
        LogRecord left = witness.get()
                .awaitRecord(
                        "that %s left".formatted(name),
                        entry -> entry.line() > begin
                                && entry.isEvent("left")
                                && entry.find(FROM).equals(Optional.of(name)));
        narrator.seen(cast.awaitEvent(left.lamport()));
    }
}
