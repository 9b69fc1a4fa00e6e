package io.chittychat.server.rate;

import io.chittychat.server.setting.Require;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often something may be done: a token bucket.
 *
 * @param perSecond in the long run; 0 for no limit
 * @param burst at once, after a pause
 */
public record Rate(
        @DefaultValue("0") int perSecond,
        @DefaultValue("20") int burst) {

    /** As often as one likes. */
    public static final Rate UNLIMITED = new Rate(0, 1);

    /** @throws io.chittychat.server.setting.SettingsException if a setting is not possible */
    public Rate {
        Require.notNegative("per-second", perSecond, "0 is no limit");
        Require.positive("burst", burst, "20");
    }

    boolean isUnlimited() {
        return perSecond == 0;
    }
}
