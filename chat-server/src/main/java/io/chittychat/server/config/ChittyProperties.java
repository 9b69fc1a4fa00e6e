package io.chittychat.server.config;

import io.chittychat.server.http.HttpLimits;
import io.chittychat.server.rate.Rate;
import io.chittychat.server.setting.Require;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.store.Durability;
import io.chittychat.server.transport.GrpcSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The service's own settings. Units, defaults and consequences stand in {@code config/chat-server.yml}. The constructors throw a
 * {@link SettingsException} for what is not possible.
 */
@ConfigurationProperties("chitty")
public record ChittyProperties(
        @DefaultValue Session session,
        @DefaultValue Limits limits,
        @DefaultValue Store store,
        @DefaultValue Timeline timeline,
        @DefaultValue Broadcast broadcast,
        @DefaultValue Console console,
        @DefaultValue @NestedConfigurationProperty GrpcSettings grpc,
        @DefaultValue @NestedConfigurationProperty HttpLimits http,
        @DefaultValue @NestedConfigurationProperty AuthProperties auth,
        @DefaultValue Rates rates,
        @DefaultValue Security security) {

    /** @param resumeWindow for how long a session lives without a sign of life */
    public record Session(@DefaultValue("5s") Duration resumeWindow) {

        public Session {
            Require.lasting("resume-window", resumeWindow, "5s");
        }
    }

    /** @param maxParticipants how many may be present at once */
    public record Limits(@DefaultValue("10000") int maxParticipants) {

        public Limits {
            Require.positive("max-participants", maxParticipants, "10000");
        }
    }

    /**
     * @param durability when an event counts as recorded
     * @param file where the log is kept
     * @param reserve space on the disk that is kept for joining and leaving when the rest is full
     * @param retention which events are kept
     */
    public record Store(
            @DefaultValue("fsync") Durability durability,
            @DefaultValue("data/chitty.db") Path file,
            @DefaultValue("4MB") DataSize reserve,
            @DefaultValue Retention retention) {

        public Store {
            Require.within("reserve", reserve, "0B", "64GB");
        }
    }

    /**
     * @param maxAge events that are older are removed; zero for never
     * @param maxEvents events beyond so many are removed, the oldest first; 0 for never
     */
    public record Retention(
            @DefaultValue("0s") Duration maxAge,
            @DefaultValue("0") long maxEvents) {

        public Retention {
            Require.notNegative("max-age", maxAge, "30d keeps a month, 0s everything");
            Require.notNegative("max-events", maxEvents, "1000000 keeps a million, 0 all");
        }
    }

    /** @param maxBytes memory for the newest events */
    public record Timeline(@DefaultValue("64MB") DataSize maxBytes) {

        public Timeline {
            Require.within("max-bytes", maxBytes, "1B", "64GB");
        }
    }

    /** @param slowReaderTimeout how long a reader may make no progress while it is behind */
    public record Broadcast(@DefaultValue("10s") Duration slowReaderTimeout) {

        public Broadcast {
            Require.lasting("slow-reader-timeout", slowReaderTimeout, "10s");
        }
    }

    /**
     * What happens to lines of the log while nothing reads the standard output.
     *
     * @param buffer how much of them waits
     * @param whenFull what gives way when more would wait
     */
    public record Console(
            @DefaultValue("4MB") DataSize buffer,
            @DefaultValue("drop") WhenFull whenFull) {

        public Console {
            Require.within("buffer", buffer, "64KB", "1GB");
        }

        /** What gives way. */
        public enum WhenFull {
            /** The log: its oldest lines that wait are dropped, and counted. */
            DROP,
            /** The chat: it waits for the reader of its log. */
            WAIT
        }
    }

    /**
     * How often a caller may do something.
     *
     * @param publishes of one session
     * @param reads of one session: Broadcast, ListEvents, ListParticipants, SearchEvents
     * @param joins from one address
     */
    public record Rates(
            @DefaultValue @NestedConfigurationProperty Rate publishes,
            @DefaultValue @NestedConfigurationProperty Rate reads,
            @DefaultValue @NestedConfigurationProperty Rate joins) {}

    /** @param strict whether the service refuses to start where that is not safe */
    public record Security(@DefaultValue("false") boolean strict) {}
}
