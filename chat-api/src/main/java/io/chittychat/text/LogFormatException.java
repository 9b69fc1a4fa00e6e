package io.chittychat.text;

/** A line of a log is not a record of the expected form. */
public final class LogFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param problem what is wrong with the line, without its place */
    public LogFormatException(String problem) {
        super(problem);
    }

    /** The problem of the line, without its place. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
