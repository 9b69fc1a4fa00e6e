package io.chittychat.server.config;

import io.chittychat.server.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one sentence why the service does not start with its settings, or on its store; what to do stands in the exception's
 * message.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // before those of Spring Boot, which say it in ten lines
public final class StartFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException || cause instanceof StoreException) {
                return analysis(cause.getMessage(), cause);
            }
            if (cause instanceof InvalidConfigurationPropertyValueException value) { // one that is read by itself
                return analysis(
                        "%s=%s is not possible (%s).".formatted(value.getName(), value.getValue(), value.getReason()),
                        cause);
            }
        }
        return null;
    }

    private static FailureAnalysis analysis(@Nullable String why, Throwable cause) {
        return new FailureAnalysis("Chitty-Chat does not start: " + why, null, cause);
    }
}
