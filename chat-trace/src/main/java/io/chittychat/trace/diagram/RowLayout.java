package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Incident;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The vertical places of Lamport times: one row for each time of a step, from top to bottom. A row has several lines if a process
 * has several steps at that time (a refusal does not move the clock), or if the margin has several notes.
 */
final class RowLayout {

    private static final double LOW = 27;
    private static final double HIGH = 36;
    private static final double LINE = 18;
    private static final double GAP = 12;

    /**
     * A row.
     *
     * @param time its Lamport time
     * @param y the middle of its first line
     * @param lines the number of its lines
     * @param afterGap whether times are omitted before it
     */
    record Row(long time, double y, int lines, boolean afterGap) {

        double y(int line) {
            return y + line * LINE;
        }
    }

    private final NavigableMap<Long, Row> rows = new TreeMap<>();
    private final Map<Integer, Integer> lines = new HashMap<>();
    private final List<Double> incidents = new ArrayList<>();

    RowLayout(SpaceTime spaceTime, MarginNotes notes, double top) {
        NavigableMap<Long, Map<Integer, Integer>> stacks = new TreeMap<>();
        for (Step step : spaceTime.steps()) {
            Map<Integer, Integer> stack = stacks.computeIfAbsent(step.time(), time -> new HashMap<>());
            lines.put(step.id(), stack.merge(step.lifeline(), 1, Integer::sum) - 1);
        }
        Map<Long, List<Incident.Placed>> incidentsAfter = spaceTime.incidents().stream()
                .collect(Collectors.groupingBy(incident -> rowBefore(stacks.navigableKeySet(), incident.after())));
        double pitch = pitch(spaceTime.lifelines().size());
        double y = top;
        long previous = -1;
        for (Map.Entry<Long, Map<Integer, Integer>> stack : stacks.entrySet()) {
            long time = stack.getKey();
            boolean afterGap = previous >= 0 && time - previous > 1;
            int height = Math.max(
                    stack.getValue().values().stream().mapToInt(n -> n).max().orElse(1),
                    notes.at(time).size());
            int more = incidentsAfter.getOrDefault(time, List.of()).size();
            y += afterGap ? GAP : 0;
            rows.put(time, new Row(time, y, height + more, afterGap));
            for (int line = height; line < height + more; line++) {
                incidents.add(y + line * LINE);
            }
            y += pitch + (height + more - 1) * LINE;
            previous = time;
        }
    }

    /** The row below which an incident stands: one before the first step stands below the first row. */
    private static long rowBefore(NavigableSet<Long> times, long time) {
        Long row = times.floor(time);
        return row != null ? row : times.isEmpty() ? 0 : times.first();
    }

    /** Arrows to many columns need more height to be told apart. */
    private static double pitch(int lifelines) {
        return Math.min(HIGH, LOW + Math.max(0, lifelines - 6) * 1.5);
    }

    List<Row> all() {
        return new ArrayList<>(rows.values());
    }

    /** The place of a step. */
    double y(Step step) {
        return row(step.time()).y(lines.getOrDefault(step.id(), 0));
    }

    /** The place of a time; the last row before it if the time has no row. */
    double yOf(long time) {
        Map.Entry<Long, Row> row = rows.floorEntry(time);
        return row == null ? top() : row.getValue().y();
    }

    /** The places of the incidents, in their order. */
    List<Double> incidents() {
        return incidents;
    }

    /** The time of the first row. */
    long first() {
        return rows.isEmpty() ? 0 : rows.firstKey();
    }

    /** The time of the last row. */
    long last() {
        return rows.isEmpty() ? 0 : rows.lastKey();
    }

    private double top() {
        return rows.isEmpty() ? 0 : rows.firstEntry().getValue().y();
    }

    /** The middle of the last line of the last row. */
    double bottom() {
        if (rows.isEmpty()) {
            return 0;
        }
        Row last = rows.lastEntry().getValue();
        return last.y(last.lines() - 1);
    }

    private Row row(long time) {
        Row row = rows.get(time);
        if (row == null) {
            throw new IllegalArgumentException("no row for " + time);
        }
        return row;
    }
}
