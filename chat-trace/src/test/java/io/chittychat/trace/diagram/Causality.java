package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which step could have caused which, by vector clocks: another way than the page's, so that the two may differ. */
final class Causality {

    private final SpaceTime spaceTime;
    private final List<int[]> clocks = new ArrayList<>();

    Causality(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        Map<Integer, List<Message>> arrivals =
                spaceTime.messages().stream().collect(Collectors.groupingBy(Message::to));
        Map<Integer, int[]> own = new HashMap<>();
        for (Step step : spaceTime.steps()) {
            int[] clock = own.computeIfAbsent(
                            step.lifeline(),
                            lifeline -> new int[spaceTime.lifelines().size()])
                    .clone();
            for (Message message : arrivals.getOrDefault(step.id(), List.of())) {
                int[] sent = clocks.get(message.from());
                IntStream.range(0, clock.length).forEach(i -> clock[i] = Math.max(clock[i], sent[i]));
            }
            clock[step.lifeline()]++;
            own.put(step.lifeline(), clock);
            clocks.add(clock);
        }
    }

    Set<Integer> past(int step) {
        return all(other -> other != step && happenedBefore(other, step));
    }

    Set<Integer> future(int step) {
        return all(other -> other != step && happenedBefore(step, other));
    }

    private boolean happenedBefore(int one, int other) {
        int process = spaceTime.steps().get(one).lifeline();
        return clocks.get(one)[process] <= clocks.get(other)[process];
    }

    private Set<Integer> all(IntPredicate condition) {
        return IntStream.range(0, spaceTime.steps().size())
                .filter(condition)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
