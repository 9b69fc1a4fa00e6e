package io.chittychat.server.storage;

import io.chittychat.server.setting.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The events that are kept.
 *
 * @param maxAge the age at which events are removed; zero for never
 * @param maxEvents the number of events above which the oldest are removed; 0 for never
 */
public record Retention(
        @DefaultValue("0s") Duration maxAge,
        @DefaultValue("0") long maxEvents) {

    public Retention {
        Require.notNegative("max-age", maxAge, "30d keeps a month, 0s everything");
        Require.notNegative("max-events", maxEvents, "1000000 keeps a million, 0 all");
    }

    /** Returns the most events that are kept; empty for all. */
    OptionalLong most() {
        return maxEvents > 0 ? OptionalLong.of(maxEvents) : OptionalLong.empty();
    }

    /** Returns the time before which recorded events are removed. */
    Instant begin(Instant now) {
        return maxAge.isZero() ? Instant.EPOCH : now.minus(maxAge);
    }
}
