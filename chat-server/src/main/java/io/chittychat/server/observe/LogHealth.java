package io.chittychat.server.observe;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports UP while messages can be recorded. */
public final class LogHealth implements HealthIndicator {

    private final Supplier<Optional<String>> problem;

    /** @param problem says why messages cannot be recorded now; empty if they can. Any thread calls it */
    public LogHealth(Supplier<Optional<String>> problem) {
        this.problem = problem;
    }

    /** Whether messages can be recorded. */
    public boolean isUp() {
        return problem.get().isEmpty();
    }

    @Override
    public Health health() {
        return problem.get()
                .map(reason -> Health.down().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }
}
