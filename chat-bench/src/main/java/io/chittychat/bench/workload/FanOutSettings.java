package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
import io.chittychat.bench.contestant.Contestants;
import java.util.List;

/**
 * What the workloads with many receivers are run with.
 *
 * @param contestants the beginnings of what they are asked for by; empty for all
 * @param participants how many receivers, each a point of W1
 * @param texts how long texts are, in code points, each a point of W1
 * @param publishes how many, of 100 receivers
 * @param audience how many receivers W3 has
 */
public record FanOutSettings(
        List<String> contestants, List<Integer> participants, List<Integer> texts, int publishes, int audience) {

    static final int USUAL_PARTICIPANTS = 100;
    static final int USUAL_TEXT = 64;

    /** Those that are wanted and that are there. */
    List<Contestant> present() {
        return wanted().stream()
                .filter(contestant -> contestant.missing().isEmpty())
                .toList();
    }

    /** What was measured, and what not, line by line. */
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
