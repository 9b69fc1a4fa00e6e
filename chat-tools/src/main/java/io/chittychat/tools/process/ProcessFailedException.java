package io.chittychat.tools.process;

/** A process did not do what it was started for; the message says why in a sentence for people. */
public final class ProcessFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProcessFailedException(String message) {
        super(message);
    }

    public ProcessFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
