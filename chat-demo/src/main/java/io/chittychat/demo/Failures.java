package io.chittychat.demo;

import static io.chittychat.text.LogKeys.EVENT;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.scenario.ScenarioStep;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.RecordKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plays what happens to nodes and brokers. Nobody waits for participants to move to another node, so that they type meanwhile;
 * {@link #settle} tells afterwards where they are.
 */
final class Failures {

    private final Venue venue;
    private final Cast cast;
    private final Narrator narrator;
    private final boolean hasNodes;

    /** The node of each participant, as printed so far. */
    private final Map<String, Integer> nodes = new LinkedHashMap<>();

    /** The participants whose node is gone, each with the last line of its log before that. */
    private final Map<DemoParticipant, Integer> moving = new LinkedHashMap<>();

    /** @param hasNodes whether the service has several nodes; if not, nothing happens here */
    Failures(Venue venue, Cast cast, Narrator narrator, boolean hasNodes) {
        this.venue = venue;
        this.cast = cast;
        this.narrator = narrator;
        this.hasNodes = hasNodes;
    }

    void play(ScenarioStep.OfCluster step) {
        if (step instanceof ScenarioStep.KillNode kill) {
            leaves(kill.node());
            venue.nodes().kill(kill.node());
            narrator.happens("node %d is killed%s".formatted(kill.node(), whose(kill.node())));
        } else if (step instanceof ScenarioStep.StartNode start) {
            venue.nodes().start(start.node());
            narrator.happens("node %d is started again, has read what it missed, and is ready".formatted(start.node()));
        } else if (step instanceof ScenarioStep.KillLeader) {
            int broker = venue.nodes().killLeadingBroker();
            narrator.happens("broker %d, which led the partition, is killed".formatted(broker));
        } else if (step instanceof ScenarioStep.CutOff cut) {
            leaves(cut.node());
            venue.nodes().cutOff(cut.node());
            narrator.happens("node %d is cut off from the brokers: its relays to them are closed%s"
                    .formatted(cut.node(), whose(cut.node())));
        } else if (step instanceof ScenarioStep.BringBack back) {
            venue.nodes().bringBack(back.node());
            narrator.happens(
                    "node %d reaches the brokers again, has read what it missed, and is ready".formatted(back.node()));
        }
    }

    private void leaves(int node) {
        cast.connected().stream()
                .filter(participant -> nodes.getOrDefault(participant.name(), 0) == node)
                .forEach(participant -> moving.put(participant, Cast.lastLine(participant)));
    }

    private String whose(int node) {
        String names = nodes.entrySet().stream()
                .filter(place -> place.getValue() == node)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " (the node of " + names + ")";
    }

    /** Participants have joined. */
    void joined(List<String> names) {
        if (hasNodes) {
            names.forEach(name -> nodes.put(name, nodeOf(cast.get(name))));
            narrator.note(names.stream()
                    .map(name -> "%s is at node %d".formatted(name, nodes.getOrDefault(name, 0)))
                    .collect(Collectors.joining(", ")));
        }
    }

    /** Forgets a participant that is gone. */
    void forget(DemoParticipant gone) {
        moving.remove(gone);
        nodes.remove(gone.name());
    }

    /** Waits until those whose node is gone hear from another one, and prints who has moved. */
    void settle() {
        if (!hasNodes) {
            return;
        }
        moving.forEach(this::arrive);
        moving.clear();
        for (DemoParticipant participant :
                cast.connected()) { // others may have moved, too, because a call was not answered
            int before = nodes.getOrDefault(participant.name(), 0);
            int now = nodeOf(participant);
            if (now != before) {
                nodes.put(participant.name(), now);
                narrator.happens("%s is at node %d now".formatted(participant.name(), now));
            }
        }
    }

    private void arrive(DemoParticipant participant, int before) {
        LogRecord lost = participant.awaitRecord(
                "the end of the stream", entry -> entry.line() > before && entry.is(RecordKind.END, "Broadcast"));
        LogRecord back = participant.awaitRecord(
                "the notice that it has caught up", entry -> entry.line() > lost.line() && isCaughtUp(entry));
        int now = nodeOf(participant);
        nodes.put(participant.name(), now);
        Duration gap = Duration.between(lost.time(), back.time());
        narrator.happens("%s is at node %d now".formatted(participant.name(), now));
        narrator.note(String.format(Locale.ROOT, "%.1f s after losing the other one", gap.toMillis() / 1e3));
    }

    /** The node that accepted the newest Broadcast of a participant that has caught up. */
    private int nodeOf(DemoParticipant participant) {
        LogRecord caughtUp = newest(participant, Integer.MAX_VALUE, Failures::isCaughtUp);
        LogRecord request = newest(participant, caughtUp.line(), entry -> entry.is(RecordKind.SEND, "Broadcast"));
        return venue.nodes().acceptedBy(participant.name(), request.clock());
    }

    private static LogRecord newest(DemoParticipant participant, int before, Predicate<LogRecord> fits) {
        participant.awaitRecord("a Broadcast", fits);
        return participant.log().records().stream()
                .filter(entry -> entry.line() < before)
                .filter(fits)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static boolean isCaughtUp(LogRecord entry) {
        return entry.kind() == RecordKind.RECEIVE && entry.find(EVENT).equals(Optional.of("caught_up"));
    }
}
