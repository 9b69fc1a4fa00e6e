package io.chittychat.trace.log;

/** A line of a log is not a record. */
public final class LogFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    LogFormatException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** What is wrong with the line, without its place. */
    public String problem() {
        return problem;
    }
}
