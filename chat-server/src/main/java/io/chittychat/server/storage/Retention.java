package io.chittychat.server.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Which events are kept.
 *
 * @param maxAge events that are older are removed; zero for never
 * @param maxEvents events beyond so many are removed, the oldest first; 0 for never
 */
public record Retention(Duration maxAge, long maxEvents) {

    OptionalLong most() {
        return maxEvents > 0 ? OptionalLong.of(maxEvents) : OptionalLong.empty();
    }

    /** Events that were recorded before that are removed. */
    Instant begin(Instant now) {
        return maxAge.isZero() ? Instant.EPOCH : now.minus(maxAge);
    }
}
