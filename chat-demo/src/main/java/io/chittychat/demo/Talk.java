package io.chittychat.demo;

import io.chittychat.demo.process.DemoParticipant;
import io.chittychat.demo.scenario.ScenarioStep.Saying;
import io.chittychat.trace.log.LogRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types messages of participants, and waits for them: at once, or when the participant is connected again. */
final class Talk {

    private final Cast cast;
    private final Narrator narrator;
    private final List<TypedMessage> waiting = new ArrayList<>();

    Talk(Cast cast, Narrator narrator) {
        this.cast = cast;
        this.narrator = narrator;
    }

    /** Types all messages, then waits for them. Messages of disconnected participants wait in the client. */
    void say(List<Saying> sayings) {
        List<TypedMessage> typed = new ArrayList<>();
        for (Saying saying : sayings) {
            DemoParticipant speaker = cast.get(saying.name());
            typed.add(new TypedMessage(speaker, saying.text(), Cast.lastLine(speaker)));
        }
        typed.forEach(spoken -> spoken.speaker().type("say " + spoken.text()));
        List<TypedMessage> sent = new ArrayList<>();
        for (TypedMessage spoken : typed) {
            if (cast.isConnected(spoken.speaker())) {
                sent.add(spoken);
            } else {
                waiting.add(spoken);
                narrator.happens("%s types: %s".formatted(spoken.speaker().name(), spoken.text()));
                narrator.note("without a connection: it waits");
            }
        }
        arrive(sent);
    }

    /** Waits for the messages of participants that are connected again. */
    void resume() {
        List<TypedMessage> sent = waiting.stream()
                .filter(spoken -> cast.isConnected(spoken.speaker()))
                .toList();
        waiting.removeAll(sent);
        arrive(sent);
    }

    /** Forgets the messages of a participant that is gone. */
    void forget(DemoParticipant gone) {
        waiting.removeIf(spoken -> spoken.speaker() == gone);
    }

    private void arrive(List<TypedMessage> sent) {
        List<Arrived> arrived = new ArrayList<>();
        Map<String, Integer> heard =
                new HashMap<>(); // the last line of each speaker, so that two equal messages are found one after the
        // other
        for (TypedMessage spoken : sent) {
            String name = spoken.speaker().name();
            TypedMessage next = spoken.after(heard.getOrDefault(name, 0));
            LogRecord receipt = next.awaitReceipt();
            heard.put(name, receipt.line());
            arrived.add(new Arrived(next, receipt.lamport()));
        }
        arrived.sort(Comparator.comparingLong(Arrived::lamport));
        for (Arrived each : arrived) {
            narrator.seen(cast.awaitEvent(each.lamport()));
            int attempts = each.spoken().attempts();
            if (attempts > 1) {
                narrator.note("%s sent it %d times until it got through; it is there once"
                        .formatted(each.spoken().speaker().name(), attempts));
            }
        }
        noteConcurrency(arrived);
    }

    /** A message that arrived, and its Lamport time. */
    private record Arrived(TypedMessage spoken, long lamport) {

        boolean isFromAnotherThan(Arrived other) {
            return spoken.speaker() != other.spoken.speaker();
        }

        /** Usually true if both were typed at once, but a slow machine may send the second one late. */
        boolean isConcurrentWith(Arrived other) {
            return spoken.wasSentBefore(other.lamport) && other.spoken.wasSentBefore(lamport);
        }
    }

    private void noteConcurrency(List<Arrived> arrived) {
        int pairs = 0;
        int concurrent = 0;
        for (int i = 0; i < arrived.size(); i++) {
            for (Arrived other : arrived.subList(i + 1, arrived.size())) {
                if (arrived.get(i).isFromAnotherThan(other)) {
                    pairs++;
                    concurrent += arrived.get(i).isConcurrentWith(other) ? 1 : 0;
                }
            }
        }
        if (concurrent > 0) {
            narrator.concurrent(concurrent, pairs);
        }
    }
}
