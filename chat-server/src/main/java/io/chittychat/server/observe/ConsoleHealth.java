package io.chittychat.server.observe;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Degraded while lines of the log are dropped because nothing reads them. The chat goes on, so this is no reason to restart the
 * service or to keep participants away from it.
 */
public final class ConsoleHealth implements HealthIndicator {

    /** Works, but not as it should. */
    public static final Status DEGRADED = new Status("DEGRADED");

    private final Console console;

    public ConsoleHealth(Console console) {
        this.console = console;
    }

    @Override
    public Health health() {
        long missing = console.untold();
        Health.Builder health = missing == 0 ? Health.up() : Health.status(DEGRADED);
        if (missing > 0) {
            health.withDetail("reason", "nothing reads the log: its oldest lines are dropped");
        }
        return health.withDetail("droppedLines", console.dropped())
                .withDetail("waitingBytes", console.waiting())
                .build();
    }
}
