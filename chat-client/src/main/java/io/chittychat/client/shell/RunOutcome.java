package io.chittychat.client.shell;

import io.chittychat.session.ChatException;

/** The result of a run of the client, which is its exit code. */
public enum RunOutcome {
    /** Everything was done. */
    DONE(0),
    /** Something was refused, or could not be done. */
    FAILED(1),
    /** The arguments are wrong. */
    USAGE(2),
    /** The service cannot be reached, does not answer, is another or an older one, or the session ended. */
    NO_SERVICE(3),
    /** The reader of the output is gone. The code is that of a program ended by SIGPIPE. */
    OUTPUT_CLOSED(141);

    private final int exitCode;

    RunOutcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** The outcome of a failed session call. */
    public static RunOutcome of(ChatException failure) {
        return switch (failure.problem()) {
            case UNREACHABLE, NOT_SUPPORTED, NO_ANSWER, SESSION_ENDED -> NO_SERVICE;
            case REFUSED, NOT_JOINED, ALREADY_JOINED, LOG_UNWRITABLE -> FAILED;
        };
    }
}
