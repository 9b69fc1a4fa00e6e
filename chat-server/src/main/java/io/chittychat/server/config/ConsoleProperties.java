package io.chittychat.server.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What happens to lines of the log while nothing reads the standard output.
 *
 * @param buffer how much of them waits
 * @param whenFull what gives way when more would wait
 */
@Validated
@ConfigurationProperties("chitty.console")
public record ConsoleProperties(
        @SizeRange(min = "64KB", max = "1GB") @DefaultValue("4MB")
        DataSize buffer,

        @DefaultValue("drop") WhenFull whenFull) {

    /** What gives way. */
    public enum WhenFull {
        /** The log: its oldest lines that wait are dropped, and counted. */
        DROP,
        /** The chat: it waits for the reader of its log. */
        WAIT
    }
}
