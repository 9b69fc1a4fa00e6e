package io.chittychat.server.config;

/** Settings that do not fit together, or that are not safe. Its message is a part of a sentence for an operator. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }

    SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
