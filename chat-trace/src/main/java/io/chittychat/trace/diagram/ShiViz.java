package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A conversation as a log for ShiViz, which its default parser reads: for each step a line of words, and a line with the process
 * and its vector clock, which is computed from the messages.
 *
 * @see <a href="https://bestchai.bitbucket.io/shiviz/">ShiViz</a>
 */
public final class ShiViz {

    private final SpaceTime spaceTime;
    private final Story story;
    private final List<String> hosts;
    private final long[][] clocks; // of the steps; of each lifeline

    private ShiViz(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        story = new Story(spaceTime);
        hosts = IntStream.range(0, spaceTime.lifelines().size())
                .mapToObj(number -> host(story.name(number)))
                .toList();
        clocks = clocks();
    }

    /** The log. */
    public static String of(SpaceTime spaceTime) {
        return new ShiViz(spaceTime).write();
    }

    /** A host of ShiViz is one word, and a key of JSON. */
    private static String host(String name) {
        return name.replaceAll("[\\s\"\\\\{}]", "_");
    }

    private long[][] clocks() {
        int processes = spaceTime.lifelines().size();
        long[][] all = new long[spaceTime.steps().size()][];
        Map<Integer, List<Message>> arrivals =
                spaceTime.messages().stream().collect(Collectors.groupingBy(Message::to));
        Map<Integer, long[]> newest = new HashMap<>();
        for (Step step : spaceTime.steps()) {
            long[] clock =
                    newest.getOrDefault(step.lifeline(), new long[processes]).clone();
            for (Message message : arrivals.getOrDefault(step.id(), List.of())) {
                long[] sender = all[message.from()];
                for (int i = 0; sender != null && i < processes; i++) {
                    clock[i] = Math.max(clock[i], sender[i]);
                }
            }
            clock[step.lifeline()]++;
            newest.put(step.lifeline(), clock);
            all[step.id()] = clock;
        }
        return all;
    }

    private String write() {
        StringBuilder lines = new StringBuilder();
        for (Step step : spaceTime.steps()) {
            long[] clock = clocks[step.id()];
            String entries = IntStream.range(0, clock.length)
                    .filter(process -> clock[process] > 0)
                    .mapToObj(process -> "\"%s\":%d".formatted(hosts.get(process), clock[process]))
                    .collect(Collectors.joining(","));
            lines.append("L %d %s%n".formatted(step.time(), story.sentence(step)))
                    .append("%s {%s}%n".formatted(hosts.get(step.lifeline()), entries));
        }
        return lines.toString().replace("\r\n", "\n");
    }
}
