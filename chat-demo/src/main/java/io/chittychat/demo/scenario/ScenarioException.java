package io.chittychat.demo.scenario;

/** A scenario cannot be read, or has an impossible step; the message is a sentence for the user, with the place. */
public final class ScenarioException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ScenarioException(String message) {
        super(message);
    }

    public ScenarioException(String message, Throwable cause) {
        super(message, cause);
    }

    static ScenarioException at(String file, int line, String problem) {
        return new ScenarioException("%s:%d: %s".formatted(file, line, problem));
    }
}
