package io.chittychat.demo.scenario;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of a conversation. Each step is possible: only participants in the chat speak, and at the end all have left and the
 * service runs.
 *
 * @param title one line
 * @param steps in order; each is over when all connected participants have logged its result
 */
public record Scenario(String title, List<ScenarioStep> steps) {

    public Scenario {
        steps = List.copyOf(steps);
    }

    /** All participants, in the order of their first joins. */
    public List<String> names() {
        return steps.stream().flatMap(Scenario::joining).distinct().toList();
    }

    /** The participants that join in a step. */
    public static Stream<String> joining(ScenarioStep step) {
        return step instanceof ScenarioStep.Join join ? join.names().stream() : Stream.empty();
    }

    /** The participants whose lines have outages. */
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

    /** Whether it is played by a service on several nodes. */
    public boolean needsCluster() {
        return steps.stream().anyMatch(ScenarioStep.OfCluster.class::isInstance);
    }

    /** The nodes that are cut off from the brokers at some time. */
    public Set<Integer> cutOffNodes() {
        return steps.stream()
                .flatMap(step -> step instanceof ScenarioStep.CutOff cut ? Stream.of(cut.node()) : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it has random events. */
    public boolean isRandom() {
        return steps.stream().anyMatch(ScenarioStep.Unreliable.class::isInstance);
    }
}
