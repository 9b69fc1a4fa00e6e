package io.chittychat.tools.demo;

/** The demonstration cannot go on; the message says why in a sentence for people. */
public final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DemoFailedException(String message) {
        super(message);
    }

    public DemoFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
