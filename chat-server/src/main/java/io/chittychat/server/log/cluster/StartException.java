package io.chittychat.server.log.cluster;

/** The shared log cannot be used; the message says why, in a sentence. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
