package io.chittychat.server.rate;

import io.chittychat.server.setting.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A rate limit: the parameters of a token bucket.
 *
 * @param perSecond the most actions per second in the long run; 0 for no limit
 * @param burst the most actions at once after a pause
 */
public record Rate(
        @DefaultValue("0") int perSecond,
        @DefaultValue("20") int burst) {

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
    public Rate {
        Require.notNegative("per-second", perSecond, "0 is no limit");
        Require.positive("burst", burst, "20");
    }
}
