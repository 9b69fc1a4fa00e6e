package io.chittychat.trace.check;

/** The requirements on a conversation. R3 to R8 have the numbers of the README; {@link #SERVICE} needs the service's log. */
public enum Requirement {
    LOGS("logs", "each given log is complete and of one participant", "records"),
    MESSAGES("R3", "every participant present gets a message, with one time", "copies"),
    LOGGED("R4", "every receiver logs the message and its Lamport time", "records"),
    JOINS("R6", "every participant present, newcomer included, sees a join", "copies"),
    LEAVES("R8", "every remaining participant sees a leave, once", "copies"),
    ORDER("order", "all logs have the same order, with increasing times", "events"),
    CLOCKS("clocks", "a receipt is later than its event, an event than its request", "steps"),
    SERVICE("service", "the service's log agrees with the participants' logs", "steps");

    private final String label;
    private final String meaning;
    private final String unit;

    Requirement(String label, String meaning, String unit) {
        this.label = label;
        this.meaning = meaning;
        this.unit = unit;
    }

    /** The requirement on copies of an event of type {@code joined}, {@code published} or {@code left}. */
    static Requirement ofCopies(String type) {
        return switch (type) {
            case "joined" -> JOINS;
            case "left" -> LEAVES;
            default -> MESSAGES;
        };
    }

    /** The short name. */
    public String label() {
        return label;
    }

    /** The requirement as a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The unit of the evidence. */
    public String unit() {
        return unit;
    }
}
