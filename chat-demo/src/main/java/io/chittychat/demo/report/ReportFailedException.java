package io.chittychat.demo.report;

/** A report cannot be made; the message is a sentence for the user. */
public final class ReportFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReportFailedException(String message) {
        super(message);
    }

    ReportFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
