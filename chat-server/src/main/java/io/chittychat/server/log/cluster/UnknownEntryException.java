package io.chittychat.server.log.cluster;

/** An entry of the log is none that this version of the service knows, so it must not be applied, nor what follows it. */
public final class UnknownEntryException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownEntryException(String problem) {
        super(problem);
    }
}
