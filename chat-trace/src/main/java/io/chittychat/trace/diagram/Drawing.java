package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shared by all painters: the model, its texts and rules, and the layout. Immutable. */
final class Drawing {

    /** Distance from the top of the sheet to the names. */
    static final double HEAD = 18;
    /** Height of a line about a part that is not shown. */
    static final double CUT = 22;

    final SpaceTime spaceTime;
    final Story story;
    final ClockCondition rules;
    final MarginNotes notes;
    final ColumnLayout columns;
    final RowLayout rows;
    final List<String> nodes;
    private final Map<Integer, Integer> colours = new HashMap<>();

    Drawing(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        story = new Story(spaceTime);
        nodes = spaceTime.nodes();
        rules = new ClockCondition(spaceTime);
        notes = new MarginNotes(spaceTime);
        columns = new ColumnLayout(spaceTime, story);
        rows = new RowLayout(spaceTime, notes, nameLine() + 34);
        spaceTime.steps().stream()
                .filter(MarginNotes::isEvent)
                .forEach(event -> colours.put(event.id(), colours.size()));
        spaceTime.messages().stream()
                .filter(message -> message.kind() == Message.Kind.BROADCAST && colours.containsKey(message.from()))
                .forEach(copy -> colours.putIfAbsent(copy.to(), colours.getOrDefault(copy.from(), 0)));
    }

    Step step(int id) {
        return spaceTime.steps().get(id);
    }

    double x(Step step) {
        return columns.x(step.lifeline());
    }

    double y(Step step) {
        return rows.y(step);
    }

    /** The base line of the names. */
    double nameLine() {
        return HEAD + (spaceTime.window().isCut() ? CUT : 0) + columns.nameHeight();
    }

    /** The lower end of the lifelines. */
    double foot() {
        return Math.max(rows.bottom(), nameLine() + 34) + 22;
    }

    /** The colour of stays at a node. */
    Pen node(String name) {
        return Pen.node(nodes.indexOf(name));
    }

    /** The number of the colour of an event or of the receipt of its copy; -1 for other steps. */
    int colour(Step step) {
        return colours.getOrDefault(step.id(), -1);
    }
}
