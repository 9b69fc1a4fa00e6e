package io.chittychat.trace.diagram;

import java.util.List;

/**
 * A colour, and its class in the style sheet: the class itself for filled shapes, with {@code -line} for lines.
 */
record Pen(String name, String colour) {

    static final Pen PAPER = new Pen("paper", "#ffffff");
    static final Pen INK = new Pen("ink", "#1c2430");
    static final Pen MUTED = new Pen("muted", "#5c6675");
    static final Pen FAINT = new Pen("faint", "#e3e7ec");
    static final Pen LINE = new Pen("life", "#8a94a3");
    static final Pen STAY = new Pen("stay", "#dde4ee");
    static final Pen WRONG = new Pen("wrong", "#d0021b");

    private static final List<String> EVENTS =
            List.of("#1f5fa8", "#8a5a00", "#7a3fa0", "#1a7f4b", "#a3327f", "#0b7583");

    /** The pen of an event and its copies; neighbours differ. */
    static Pen event(int number) {
        int colour = Math.floorMod(number, EVENTS.size());
        return new Pen("e" + colour, EVENTS.get(colour));
    }

    private static final List<String> NODES = List.of("#c3dcf5", "#f5d9a8", "#c9e8cb", "#e6cdee");

    /** The pen of stays at a node. */
    static Pen node(int number) {
        int colour = Math.floorMod(number, NODES.size());
        return new Pen("n" + colour, NODES.get(colour));
    }

    String line() {
        return name + "-line";
    }
}
