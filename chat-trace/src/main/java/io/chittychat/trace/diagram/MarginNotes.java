package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The steps with a note in the margin, row by row: all steps of the service, and incidents of participants. */
final class MarginNotes {

    private static final Comparator<Step> SERVICE_FIRST =
            Comparator.comparing((Step step) -> !isOfService(step)).thenComparing(Step::id);

    private final Map<Long, List<Step>> byTime;

    MarginNotes(SpaceTime spaceTime) {
        byTime = spaceTime.steps().stream()
                .filter(step -> isOfService(step) || isIncident(step))
                .sorted(SERVICE_FIRST)
                .collect(Collectors.groupingBy(Step::time, TreeMap::new, Collectors.toList()));
    }

    /** The steps with a note in the row of a time, from top to bottom. */
    List<Step> at(long time) {
        return byTime.getOrDefault(time, List.of());
    }

    /** Whether it is a step of the service. */
    static boolean isOfService(Step step) {
        return switch (step.kind()) {
            case JOINED, PUBLISHED, LEFT, ATTACHED -> true;
            default -> false;
        };
    }

    /** Whether it is an event of the chat, which every participant present receives. */
    static boolean isEvent(Step step) {
        return isOfService(step) && step.kind() != Step.Kind.ATTACHED;
    }

    private static boolean isIncident(Step step) {
        return switch (step.kind()) {
            case CRASH, REFUSAL, NO_ANSWER -> true;
            case STREAM_END -> !step.text().isEmpty() && !step.text().equals("OK");
            default -> false;
        };
    }
}
