package io.chittychat.server.setting;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * The rules for single settings, for the constructors of the records that hold them. Each throws a {@link SettingsException} for a
 * value that breaks it; {@code setting} is the name within the record's group, such as {@code resume-window}.
 */
public final class Require {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    private Require() {}

    /** A duration that is long enough to happen on a busy machine. */
    public static void lasting(String setting, Duration value, String example) {
        that(value.compareTo(SHORTEST) >= 0, setting, "must be 100ms or more, such as " + example);
    }

    /** A duration that may be zero; {@code meaning} says what that and others do. */
    public static void notNegative(String setting, Duration value, String meaning) {
        that(!value.isNegative(), setting, "must not be negative: " + meaning);
    }

    /** A number that may be zero; {@code meaning} says what that and others do. */
    public static void notNegative(String setting, long value, String meaning) {
        that(value >= 0, setting, "must not be negative: " + meaning);
    }

    /** A number of 1 or more. */
    public static void positive(String setting, int value, String example) {
        that(value >= 1, setting, "must be 1 or more, such as " + example);
    }

    /** A size that is neither too small nor too large. */
    public static void within(String setting, DataSize value, String min, String max) {
        that(
                value.compareTo(DataSize.parse(min)) >= 0 && value.compareTo(DataSize.parse(max)) <= 0,
                setting,
                "must be a size from " + min + " to " + max + ", such as 64MB");
    }

    /** Any other rule, such as "must name a claim". */
    public static void that(boolean holds, String setting, String rule) {
        if (!holds) {
            throw new SettingsException(setting, rule);
        }
    }
}
