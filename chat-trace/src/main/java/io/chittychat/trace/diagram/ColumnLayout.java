package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Lifeline;
import io.chittychat.trace.spacetime.Lifeline.Role;
import io.chittychat.trace.spacetime.SpaceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The horizontal places of processes: the service in the middle, so that arrows are short, and participants from left to right in
 * the order of the lifelines. More columns are narrower.
 */
final class ColumnLayout {

    /** Font size of the Lamport times beside the steps. */
    static final double TIME_SIZE = 9;
    /** Font size of the names at the top. */
    static final double NAME_SIZE = 13;
    /** Distance from the middle of a step's mark to its time. */
    static final double TIME_OFFSET = 8;

    private static final double LEFT = 20;
    private static final double LONGEST_TILTED_NAME = 125;

    private final List<Integer> order;
    private final List<Double> places;
    private final List<String> names;
    private final boolean tilted;
    private final int service;
    private final double axis;
    private final double right;
    private final double spacing;

    ColumnLayout(SpaceTime spaceTime, Story story) {
        int count = spaceTime.lifelines().size();
        service = IntStream.range(0, count)
                .filter(i -> spaceTime.lifelines().get(i).role() == Role.SERVICE)
                .findFirst()
                .orElse(-1);
        double timeWidth = timeWidth(spaceTime);
        spacing = Math.max(comfortable(count), timeWidth + TIME_OFFSET + 14);
        List<String> full = IntStream.range(0, count).mapToObj(story::name).toList();
        boolean fits = full.stream().allMatch(name -> TextWidth.of(name, NAME_SIZE) <= spacing - 12);
        tilted = !fits && spacing < 90;
        double room = tilted ? LONGEST_TILTED_NAME : spacing - 12;
        names = full.stream()
                .map(name -> TextWidth.squeezed(name, NAME_SIZE, room))
                .toList();
        axis = LEFT + timeWidth;
        double first = axis + Math.max(spacing / 2, timeWidth + TIME_OFFSET + 12);
        order = order(spaceTime.lifelines());
        places = places(first);
        double last = places.stream().mapToDouble(x -> x).max().orElse(first);
        right = last + Math.max(timeWidth + TIME_OFFSET + 6, spacing / 2 - 10);
    }

    /** The width of the widest Lamport time. */
    static double timeWidth(SpaceTime spaceTime) {
        return spaceTime.steps().stream()
                .mapToDouble(step -> TextWidth.of(Long.toString(step.time()), TIME_SIZE))
                .max()
                .orElse(0);
    }

    /** The lifelines from left to right. */
    List<Integer> order() {
        return order;
    }

    double x(int lifeline) {
        return places.get(lifeline);
    }

    String name(int lifeline) {
        return names.get(lifeline);
    }

    /** Whether the names are written at an angle, so that they do not overlap. */
    boolean tilted() {
        return tilted;
    }

    /** The height of the names. */
    double nameHeight() {
        return tilted
                ? 10
                        + Math.sqrt(0.5)
                                * names.stream()
                                        .mapToDouble(name -> TextWidth.of(name, NAME_SIZE) + NAME_SIZE)
                                        .max()
                                        .orElse(0)
                : NAME_SIZE + 12;
    }

    /** The side of a lifeline that has the times, away from the service: -1 is left, 1 is right. */
    int side(int lifeline) {
        return service >= 0 && x(lifeline) < x(service) ? -1 : 1;
    }

    /** The axis of time: its numbers end here. */
    double axis() {
        return axis;
    }

    /** The right end of the columns. */
    double right() {
        return right;
    }

    double spacing() {
        return spacing;
    }

    private static double comfortable(int count) {
        return count <= 5 ? 118 : count <= 7 ? 96 : count <= 9 ? 78 : count <= 13 ? 60 : 44;
    }

    private static List<Integer> order(List<Lifeline> lifelines) {
        List<Integer> order = new ArrayList<>();
        IntStream.range(0, lifelines.size())
                .filter(i -> lifelines.get(i).role() == Role.PARTICIPANT)
                .forEach(order::add);
        int middle = (order.size() + 1) / 2;
        List<Integer> services = IntStream.range(0, lifelines.size())
                .filter(i -> lifelines.get(i).role() == Role.SERVICE)
                .boxed()
                .toList();
        order.addAll(middle, services);
        return order;
    }

    private List<Double> places(double first) {
        Double[] places = new Double[order.size()];
        double x = first;
        for (int place = 0; place < order.size(); place++) {
            int lifeline = order.get(place);
            // The service has broad marks, and all arrows meet here.
            double more = lifeline == service ? Math.max(16, 0.25 * spacing) : 0;
            x += place == 0 ? 0 : more;
            places[lifeline] = x;
            x += spacing + more;
        }
        return List.of(places);
    }
}
