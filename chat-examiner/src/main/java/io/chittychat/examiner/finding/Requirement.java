package io.chittychat.examiner.finding;

/** The requirements of the assignment, and what makes a time a Lamport time. */
public enum Requirement {
    PUBLISH_VALID("R1", "any valid message may be published at any time", "messages"),
    BY_PUBLISH("R2", "by calling Publish()", "calls"),
    BROADCAST("R3", "every participant gets every message, with its time", "copies"),
    LOGGED("R4", "a client logs each message and its time", ""),
    JOIN("R5", "clients may join at any time", "joins"),
    JOIN_TOLD("R6", "everybody, the newcomer included, is told of a join", "copies"),
    LEAVE("R7", "clients may drop out at any time", "leaves"),
    LEAVE_TOLD("R8", "everybody who remains is told of a leave, once", "copies"),
    CLOCK("clocks", "an effect has a later Lamport time than its cause", "steps");

    private final String label;
    private final String meaning;
    private final String unit;

    Requirement(String label, String meaning, String unit) {
        this.label = label;
        this.meaning = meaning;
        this.unit = unit;
    }

    /** The short name. */
    public String label() {
        return label;
    }

    /** The requirement in words. */
    public String meaning() {
        return meaning;
    }

    /** What evidence is counted in. */
    public String unit() {
        return unit;
    }

    /** Whether it can be seen from outside. */
    public boolean isSeen() {
        return this != LOGGED;
    }
}
