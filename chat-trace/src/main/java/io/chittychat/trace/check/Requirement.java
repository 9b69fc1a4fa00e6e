package io.chittychat.trace.check;

/** The requirements on a conversation. R3 to R8 have the numbers of the README; {@link #SERVICE} needs the service's log. */
public enum Requirement {
    LOGS("logs", "each given log is whole and of one writer", "records"),
    MESSAGES("R3", "all present get each message, with one time", "copies"),
    LOGGED("R4", "receivers log each message and its time", "records"),
    JOINS("R6", "all present, newcomer too, see each join", "copies"),
    LEAVES("R8", "all who remain see each leave, once", "copies"),
    ORDER("order", "all logs have one order; its times increase", "events"),
    CLOCKS("clocks", "receipt after event, event after request", "steps"),
    SERVICE("service", "the service's log agrees with the others", "steps");

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
