package io.chittychat.server.observe;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports {@link #DEGRADED} while log lines are dropped because nothing reads them. The chat itself works, so neither
 * liveness nor readiness depends on it.
 */
public final class ConsoleHealth implements HealthIndicator {

    /** The service works, but not as it should. */
    public static final Status DEGRADED = new Status("DEGRADED");

    private final Console console;

    public ConsoleHealth(Console console) {
        this.console = console;
    }

    @Override
    public Health health() {
        long missing = console.unreported();
        Health.Builder health = missing == 0 ? Health.up() : Health.status(DEGRADED);
        if (missing > 0) {
            health.withDetail("reason", "nothing reads the log: its oldest lines are dropped");
        }
        return health.withDetail("droppedLines", console.dropped())
                .withDetail("waitingBytes", console.waiting())
                .build();
    }
}
