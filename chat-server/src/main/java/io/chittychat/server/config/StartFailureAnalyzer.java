package io.chittychat.server.config;

import io.chittychat.server.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says in one sentence why the service does not start with its settings, or on its store; what to do stands in the exception's
 * message.
 */
public final class StartFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException || cause instanceof StoreException) {
                return new FailureAnalysis("Chitty-Chat does not start: " + cause.getMessage(), null, cause);
            }
        }
        return null;
    }
}
