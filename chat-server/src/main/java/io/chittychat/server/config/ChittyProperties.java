package io.chittychat.server.config;

import io.chittychat.server.store.Durability;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** The service's own settings. Units, defaults and consequences stand in {@code config/chat-server.yml}. */
@Validated
@ConfigurationProperties("chitty")
public record ChittyProperties(
        @Valid @DefaultValue Session session,
        @Valid @DefaultValue Limits limits,
        @Valid @DefaultValue Store store,
        @Valid @DefaultValue Timeline timeline,
        @Valid @DefaultValue Broadcast broadcast,
        @Valid @DefaultValue @NestedConfigurationProperty GrpcProperties grpc,
        @Valid @DefaultValue Http http,
        @Valid @DefaultValue @NestedConfigurationProperty AuthProperties auth,
        @Valid @DefaultValue @NestedConfigurationProperty RateProperties rates,
        @Valid @DefaultValue Security security) {

    /** @param resumeWindow for how long a session lives without a sign of life */
    public record Session(
            @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 5s") @DefaultValue("5s")
            Duration resumeWindow) {}

    /**
     * @param maxConnections how many there may be on the HTTP port
     * @param maxConnectionsPerAddress how many of them from one address
     * @param requestTimeout how long one may take, request and response
     */
    public record Http(
            @Min(value = 1, message = "must be 1 or more, such as 150") @DefaultValue("150")
            int maxConnections,

            @Min(value = 1, message = "must be 1 or more, such as 50") @DefaultValue("50")
            int maxConnectionsPerAddress,

            @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 15s") @DefaultValue("15s")
            Duration requestTimeout) {}

    /** @param maxParticipants how many may be present at once */
    public record Limits(
            @Min(value = 1, message = "must be 1 or more, such as 10000") @DefaultValue("10000")
            int maxParticipants) {}

    /**
     * @param durability when an event counts as recorded
     * @param file where the log is kept
     * @param reserve space on the disk that is kept for joining and leaving when the rest is full
     * @param retention which events are kept
     */
    public record Store(
            @NotNull @DefaultValue("fsync") Durability durability,
            @NotNull @DefaultValue("data/chitty.db") Path file,

            @NotNull @SizeRange(min = "0B", max = "64GB") @DefaultValue("4MB")
            DataSize reserve,

            @Valid @DefaultValue Retention retention) {}

    /**
     * @param maxAge events that are older are removed; zero for never
     * @param maxEvents events beyond so many are removed, the oldest first; 0 for never
     */
    public record Retention(
            @NotNull
            @DurationMin(message = "must not be negative: 30d keeps a month, 0s everything")
            @DefaultValue("0s")
            Duration maxAge,

            @Min(value = 0, message = "must not be negative: 1000000 keeps a million, 0 all") @DefaultValue("0")
            long maxEvents) {}

    /** @param maxBytes memory for the newest events */
    public record Timeline(
            @NotNull @SizeRange(min = "1B", max = "64GB") @DefaultValue("64MB")
            DataSize maxBytes) {}

    /** @param slowReaderTimeout how long a reader may make no progress while it is behind */
    public record Broadcast(
            @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 10s") @DefaultValue("10s")
            Duration slowReaderTimeout) {}

    /** @param strict whether the service refuses to start where that is not safe */
    public record Security(@DefaultValue("false") boolean strict) {}
}
