package io.chittychat.bench.workload;

import io.chittychat.bench.contestant.Contestant;
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
    List<Contestant> present(List<Contestant> all) {
        return wanted(all).stream()
                .filter(contestant -> contestant.missing().isEmpty())
                .toList();
    }

    /** The measured contestants with their versions, and the others with the reason, line by line. */
    String describe(List<Contestant> all) {
        StringBuilder text = new StringBuilder();
        for (Contestant contestant : wanted(all)) {
            text.append("- ").append(contestant.label()).append(": ");
            text.append(contestant.missing().map(why -> "not measured: " + why).orElseGet(() -> describe(contestant)));
            text.append('\n');
        }
        return text.toString();
    }

    private static String describe(Contestant contestant) {
        return contestant.version()
                + contestant.acknowledgement().map(setting -> "; " + setting).orElse("");
    }

    private List<Contestant> wanted(List<Contestant> all) {
        return all.stream().filter(contestant -> wants(contestant.id())).toList();
    }

    /** Whether a contestant is selected. */
    boolean wants(String id) {
        return contestants.isEmpty() || contestants.stream().anyMatch(id::startsWith);
    }
}
