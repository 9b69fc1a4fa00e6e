package io.chittychat.demo.scenario;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to happen in a conversation. It makes sense: nobody speaks who is not there, and at its end everybody has left and
 * the service runs.
 *
 * @param title what it shows, in a line
 * @param steps in the order in which they are played; each is over when everybody who can has logged what came of it
 */
public record Scenario(String title, List<ScenarioStep> steps) {

    public Scenario {
        steps = List.copyOf(steps);
    }

    /** Everybody who takes part, in the order of their first joins. */
    public List<String> names() {
        return steps.stream().flatMap(Scenario::joining).distinct().toList();
    }

    /** Who joins by a step. */
    public static Stream<String> joining(ScenarioStep step) {
        return step instanceof ScenarioStep.Join join ? join.names().stream() : Stream.empty();
    }

    /** Whose line to the service anything happens to. */
    public Set<String> lines() {
        return steps.stream().flatMap(Scenario::line).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> line(ScenarioStep step) {
        if (step instanceof ScenarioStep.Cut cut) {
            return Stream.of(cut.name());
        } else if (step instanceof ScenarioStep.Slow slow) {
            return Stream.of(slow.name());
        }
        return step instanceof ScenarioStep.Unreliable unreliable ? Stream.of(unreliable.name()) : Stream.empty();
    }

    /** Whether chance has a part in it. */
    public boolean isRandom() {
        return steps.stream().anyMatch(ScenarioStep.Unreliable.class::isInstance);
    }
}
