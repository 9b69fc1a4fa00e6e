package io.chittychat.client.shell;

import io.chittychat.session.ChatException;

/** How a run of the client went, as its exit code tells a script. */
public enum Outcome {
    /** Everything was done. */
    DONE(0),
    /** Something was refused, or could not be done. */
    FAILED(1),
    /** The arguments are wrong. */
    USAGE(2),
    /** The service could not be reached, is another or an older one, did not answer, or the session with it ended. */
    NO_SERVICE(3),
    /** Nobody reads the output any more; the code is that of a program which SIGPIPE ends. */
    OUTPUT_CLOSED(141);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** How a failure of the session counts. */
    public static Outcome of(ChatException failure) {
        return switch (failure.problem()) {
            case UNREACHABLE, NOT_SUPPORTED, NO_ANSWER, SESSION_ENDED -> NO_SERVICE;
            case REFUSED, NOT_JOINED, ALREADY_JOINED, LOG_UNWRITABLE -> FAILED;
        };
    }
}
