package io.chittychat.server.setting;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting that is not possible, or several that do not fit together. The message is a part of a sentence for an operator and names
 * them.
 */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String setting;
    private final @Nullable String rule;

    /** Settings that do not fit together. */
    public SettingsException(String message) {
        this(message, (Throwable) null);
    }

    /** Settings that do not fit together, or to the rest of the machine. */
    public SettingsException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.setting = null;
        this.rule = null;
    }

    /** One setting that breaks a rule of its own. */
    SettingsException(String setting, String rule) {
        super(setting + " " + rule);
        this.setting = setting;
        this.rule = rule;
    }

    /** The name within its group of a setting that breaks a {@link #rule} of its own. */
    public Optional<String> setting() {
        return Optional.ofNullable(setting);
    }

    /** The rule, such as "must be 1 or more", if it is one setting that breaks it. */
    public Optional<String> rule() {
        return Optional.ofNullable(rule);
    }
}
