package io.chittychat.demo;

import static io.chittychat.text.LogKeys.EVENT;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.scenario.ScenarioStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plays outages of lines and of the service, and the return of participants. */
final class Outages {

    private final Venue venue;
    private final Cast cast;
    private final Narrator narrator;
    private final Talk talk;

    /** How often each unreliable line broke, as printed so far. */
    private final Map<String, Integer> breaks = new LinkedHashMap<>();

    /** The participants that were connected when the service was stopped. */
    private List<DemoParticipant> stopped = List.of();

    Outages(Venue venue, Cast cast, Narrator narrator, Talk talk) {
        this.venue = venue;
        this.cast = cast;
        this.narrator = narrator;
        this.talk = talk;
    }

    void play(ScenarioStep step) {
        if (step instanceof ScenarioStep.Cut cut) {
            cut(cast.get(cut.name()));
        } else if (step instanceof ScenarioStep.Mend mend) {
            mend(cast.get(mend.name()));
        } else if (step instanceof ScenarioStep.Slow slow) {
            venue.slow(slow.name(), slow.delay());
            narrator.happens("the line of %s delays everything by %d ms"
                    .formatted(slow.name(), slow.delay().toMillis()));
        } else if (step instanceof ScenarioStep.Unreliable unreliable) {
            venue.spoil(unreliable.name());
            breaks.put(unreliable.name(), venue.breaks(unreliable.name()));
            narrator.happens("the line of %s breaks at random".formatted(unreliable.name()));
        } else if (step instanceof ScenarioStep.Stop) {
            stop();
        } else if (step instanceof ScenarioStep.Start) {
            start();
        } else {
            throw new IllegalArgumentException("not an outage: " + step);
        }
    }

    /** Prints which lines broke at random since the last call. */
    void noteBreaks() {
        breaks.replaceAll((name, known) -> {
            int now = venue.breaks(name);
            if (now > known) {
                narrator.note("meanwhile the line of %s broke %s; the client asked again for lost events"
                        .formatted(name, Narrator.times(now - known)));
            }
            return now;
        });
    }

    private void cut(DemoParticipant participant) {
        int before = Cast.lastLine(participant);
        venue.cut(participant.name());
        cast.disconnected(participant, awaitLoss(participant, before));
        narrator.happens("the line of %s is cut".formatted(participant.name()));
    }

    private void mend(DemoParticipant participant) {
        venue.mend(participant.name());
        narrator.happens("the line of %s is good again".formatted(participant.name()));
        if (breaks.remove(participant.name()) != null) {
            narrator.note("it had broken " + Narrator.times(venue.breaks(participant.name())));
        }
        if (!cast.isConnected(participant)) {
            comeBack(participant);
            talk.resume();
        }
    }

    private void stop() {
        Map<DemoParticipant, Integer> before = new LinkedHashMap<>();
        cast.connected().forEach(participant -> before.put(participant, Cast.lastLine(participant)));
        venue.stopService();
        before.forEach((participant, line) -> cast.disconnected(participant, awaitLoss(participant, line)));
        stopped = List.copyOf(before.keySet());
        narrator.happens("the service is killed");
        narrator.note("noticed by " + names(stopped));
    }

    private void start() {
        venue.startService();
        narrator.happens("the service is started again, and ready");
        stopped.forEach(this::comeBack);
        talk.resume();
    }

    private static int awaitLoss(DemoParticipant participant, int before) {
        return participant
                .awaitRecord(
                        "the end of the stream",
                        entry -> entry.line() > before && entry.is(RecordKind.END, "Broadcast"))
                .line();
    }

    /** Waits until a participant has caught up, and prints its return. */
    private void comeBack(DemoParticipant participant) {
        int lost = cast.lostAt(participant);
        LogRecord caughtUp = participant.awaitRecord(
                "the notice that it has caught up",
                entry -> entry.line() > lost
                        && entry.kind() == RecordKind.RECEIVE
                        && entry.find(EVENT).equals(Optional.of("caught_up")));
        cast.connected(participant);
        List<LogRecord> since = participant.log().records().stream()
                .filter(entry -> entry.line() > lost && entry.line() < caughtUp.line())
                .toList();
        Optional<LogRecord> rejoined = since.stream()
                .filter(entry -> entry.is(RecordKind.REPLY, "Join") && entry.isOk())
                .findFirst();
        narrator.back(
                participant.name(), since.stream().filter(LogRecord::isEvent).toList(), rejoined.isPresent());
        rejoined.ifPresent(reply -> narrator.seen(cast.awaitEvent(reply.lamport())));
    }

    private static String names(List<DemoParticipant> participants) {
        return participants.stream().map(DemoParticipant::name).collect(Collectors.joining(", "));
    }
}
