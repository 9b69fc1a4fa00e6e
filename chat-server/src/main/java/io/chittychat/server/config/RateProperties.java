package io.chittychat.server.config;

import io.chittychat.server.rate.Rate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may do something.
 *
 * @param publishes of one session
 * @param reads of one session: Broadcast, ListEvents, ListParticipants, SearchEvents
 * @param joins from one address
 */
public record RateProperties(
        @Valid @DefaultValue Limit publishes,
        @Valid @DefaultValue Limit reads,
        @Valid @DefaultValue Limit joins) {

    /**
     * A token bucket.
     *
     * @param perSecond how often in the long run; 0 for no limit
     * @param burst how often at once
     */
    public record Limit(
            @Min(value = 0, message = "must not be negative: 0 is no limit") @DefaultValue("0")
            int perSecond,

            @Min(value = 1, message = "must be 1 or more, such as 20") @DefaultValue("20")
            int burst) {

        Rate rate() {
            return new Rate(perSecond, burst);
        }
    }
}
