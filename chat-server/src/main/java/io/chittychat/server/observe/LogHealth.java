package io.chittychat.server.observe;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Healthy while the log takes commands. */
public final class LogHealth implements HealthIndicator {

    private final BooleanSupplier open;

    /** @param open whether the log takes commands; asked by any thread */
    public LogHealth(BooleanSupplier open) {
        this.open = open;
    }

    @Override
    public Health health() {
        return open.getAsBoolean()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the log takes no commands")
                        .build();
    }
}
