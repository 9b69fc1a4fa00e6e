package io.chittychat.examiner.foreign;

/** Thrown if a service cannot be examined; the message is a sentence for the user. */
public final class CannotExamineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CannotExamineException(String message) {
        super(message);
    }

    public CannotExamineException(String message, Throwable cause) {
        super(message, cause);
    }
}
