package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.util.HashMap;
import java.util.Map;

/** What all parts of the picture share: the model, what is known of it, and where things are. Nothing here changes. */
final class Drawing {

    /** From the top of the sheet to the names. */
    static final double HEAD = 18;
    /** Height of a line that says that something is not shown. */
    static final double CUT = 22;

    final SpaceTime spaceTime;
    final Story story;
    final Rules rules;
    final Notes notes;
    final Columns columns;
    final Rows rows;
    private final Map<Integer, Integer> colours = new HashMap<>();

    Drawing(SpaceTime spaceTime) {
        this.spaceTime = spaceTime;
        story = new Story(spaceTime);
        rules = new Rules(spaceTime);
        notes = new Notes(spaceTime);
        columns = new Columns(spaceTime, story);
        rows = new Rows(spaceTime, notes, nameLine() + 34);
        spaceTime.steps().stream().filter(Notes::isEvent).forEach(event -> colours.put(event.id(), colours.size()));
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

    /** The line on which the names of the processes stand. */
    double nameLine() {
        return HEAD + (spaceTime.window().isCut() ? CUT : 0) + columns.nameHeight();
    }

    /** Where the lifelines end. */
    double foot() {
        return Math.max(rows.bottom(), nameLine() + 34) + 22;
    }

    /** Which event's colour a step has, if it is an event or the receipt of a copy; -1 otherwise. */
    int colour(Step step) {
        return colours.getOrDefault(step.id(), -1);
    }
}
