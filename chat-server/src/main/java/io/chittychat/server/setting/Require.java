package io.chittychat.server.setting;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Rules for single settings, used by the constructors of the records of settings. Each rule throws a {@link
 * SettingsException} for an invalid value; {@code setting} is the name within the record's group, such as {@code
 * resume-window}.
 */
public final class Require {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private Require() {}

    /** A duration of at least 100 ms, which even a busy machine can keep. */
    public static void lasting(String setting, Duration value, String example) {
        that(value.compareTo(SHORTEST) >= 0, setting, "must be 100ms or more, such as " + example);
    }

    /** A duration that may be zero; {@code meaning} explains its values. */
    public static void notNegative(String setting, Duration value, String meaning) {
        that(!value.isNegative(), setting, "must not be negative: " + meaning);
    }

    /** A number that may be zero; {@code meaning} explains its values. */
    public static void notNegative(String setting, long value, String meaning) {
        that(value >= 0, setting, "must not be negative: " + meaning);
    }

    /** A number of 1 or more. */
    public static void positive(String setting, int value, String example) {
        that(value >= 1, setting, "must be 1 or more, such as " + example);
    }

    /** A size between two bounds, both included. */
    public static void within(String setting, DataSize value, String min, String max) {
        that(
                value.compareTo(DataSize.parse(min)) >= 0 && value.compareTo(DataSize.parse(max)) <= 0,
                setting,
                "must be a size from " + min + " to " + max + ", such as 64MB");
    }

    /** Any other rule; {@code rule} is for example "must name a claim". */
    public static void that(boolean holds, String setting, String rule) {
        if (!holds) {
            throw new SettingsException(setting, rule);
        }
    }
}
