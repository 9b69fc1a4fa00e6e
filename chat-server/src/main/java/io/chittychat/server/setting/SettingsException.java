package io.chittychat.server.setting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting is invalid, or several settings contradict each other. The message names them, as part of a sentence for
 * the operator.
 */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String setting;
    private final @Nullable String rule;

    /** Settings that contradict each other. */
    public SettingsException(String message) {
        this(message, (Throwable) null);
    }

    /** Settings that contradict each other, or that do not fit the machine, such as the name of a missing file. */
    public SettingsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.setting = null;
        this.rule = null;
    }

    /** One setting that is invalid in itself. */
    SettingsException(String setting, String rule) {
        super(setting + " " + rule);
        this.setting = setting;
        this.rule = rule;
    }

    /** The name of the invalid setting within its group; empty if several settings are involved. */
    public Optional<String> setting() {
        return Optional.ofNullable(setting);
    }

    /** The rule that the setting breaks, such as "must be 1 or more"; empty if several settings are involved. */
    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }
}
