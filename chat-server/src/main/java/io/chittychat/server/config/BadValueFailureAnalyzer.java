package io.chittychat.server.config;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The same sentence for settings that are read one by one. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class BadValueFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
        return new FailureAnalysis(
                "Chitty-Chat does not start: %s=%s is not possible (%s)."
                        .formatted(cause.getName(), cause.getValue(), cause.getReason()),
                null,
                cause);
    }
}
