package io.chittychat.trace.check;

/** What a conversation must hold to; R3 to R8 are numbered as in the README; {@link #SERVICE} can be
 * checked only with the service's log. */
public enum Requirement {
    LOGS("logs", "each log that was given is whole, and its owner's own", "records"),
    MESSAGES("R3", "a message reaches everybody present, with one Lamport time", "copies"),
    LOGGED("R4", "everybody logs the message and its Lamport time", "records"),
    JOINS("R6", "everybody present, newcomer included, sees who joined", "copies"),
    LEAVES("R8", "everybody who remains sees who left, once", "copies"),
    ORDER("order", "the same sequence everywhere, times increasing", "events"),
    CLOCKS("clocks", "a receipt is later than its event, an event than its request", "steps"),
    SERVICE("service", "the service's log agrees with the participants'", "steps");

    private final String label;
    private final String meaning;
    private final String unit;

    Requirement(String label, String meaning, String unit) {
        this.label = label;
        this.meaning = meaning;
        this.unit = unit;
    }

    /** What holds for the copies of an event of a type, {@code joined}, {@code published} or {@code left}. */
    static Requirement ofCopies(String type) {
        return switch (type) {
            case "joined" -> JOINS;
            case "left" -> LEAVES;
            default -> MESSAGES;
        };
    }

    /** Its short name. */
    public String label() {
        return label;
    }

    /** What holds if it holds. */
    public String meaning() {
        return meaning;
    }

    /** What its evidence is counted in. */
    public String unit() {
        return unit;
    }
}
