package io.chittychat.server.config;

import io.chittychat.server.store.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one sentence why the service does not start on its store; what to do stands in the exception's message. */
public final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
        return new FailureAnalysis("Chitty-Chat does not start: " + cause.getMessage(), null, cause);
    }
}
