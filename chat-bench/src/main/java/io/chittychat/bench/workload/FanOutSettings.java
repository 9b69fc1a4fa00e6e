package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import java.util.List;

/**
 * The settings of workloads with many receivers.
 *
 * @param contestants the beginnings of their ids; empty for all
 * @param participants numbers of receivers, each a point of W1
 * @param texts lengths of texts, in code points, each a point of W1
 * @param publishes in a round with 100 receivers
 * @param audience the receivers of W3
 */
public record FanOutSettings(
        List<String> contestants, List<Integer> participants, List<Integer> texts, int publishes, int audience) {

    static final int USUAL_PARTICIPANTS = 100;
    static final int USUAL_TEXT = 64;

    /** The selected contestants that can be measured here. */
    List<Contestant> present() {
        return wanted().stream()
                .filter(contestant -> contestant.missing().isEmpty())
                .toList();
    }

    /** The measured contestants with their versions, and the others with the reason, line by line. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (Contestant contestant : wanted()) {
            text.append("- ").append(contestant.label()).append(": ");
            text.append(contestant.missing().map(why -> "not measured: " + why).orElseGet(contestant::version));
            text.append('\n');
        }
        return text.toString();
    }

    private List<Contestant> wanted() {
        return Contestants.all().stream()
                .filter(contestant ->
                        contestants.isEmpty() || contestants.stream().anyMatch(contestant.id()::startsWith))
                .toList();
    }
}
