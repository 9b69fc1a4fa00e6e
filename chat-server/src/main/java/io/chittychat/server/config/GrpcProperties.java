package io.chittychat.server.config;

import io.chittychat.server.transport.ServerTls.ClientCertificate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a connection may do.
 *
 * @param keepaliveTime after how much silence a connection is asked for a sign of life
 * @param keepaliveTimeout how long it may take to answer before it is closed
 * @param permitKeepaliveTime how often a client may ask at most
 * @param maxMessageSize the largest request
 * @param maxIncompleteSize the most of incomplete requests that is kept
 * @param requestTimeout how long a request may take to arrive
 * @param maxMetadataSize the most headers of a call
 * @param maxCallsPerConnection how many calls a connection may have open at once
 * @param maxWaitingCalls how many calls may wait for their request or their answer
 * @param maxWaitingCallsPerAddress how many of them may come from one address; 0 for any number
 * @param maxResetsPerSecond how many calls a connection may cancel
 * @param maxControlFramesPerSecond how many frames a client may send that belong to no request and do not go with what
 *     it reads
 * @param maxUnreadSize the most of replies that is kept until they are read
 * @param maxUnreadSizePerConnection the most of that for one connection
 * @param unreadTimeout how long a client may take to read what waits for it
 * @param maxConnectionsPerAddress how many connections may come from one address; 0 for any number
 * @param handshakeTimeout how long a connection may take to begin
 * @param maxConnectionAge after how long a connection is asked to end; zero for never
 * @param maxConnectionAgeGrace for how long its calls may then go on
 * @param tls encryption
 */
public record GrpcProperties(
        @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 10s") @DefaultValue("10s")
        Duration keepaliveTime,

        @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 5s") @DefaultValue("5s")
        Duration keepaliveTimeout,

        @NotNull @DurationMin(message = "must not be negative, such as 5s") @DefaultValue("5s")
        Duration permitKeepaliveTime,

        @NotNull @SizeRange(min = "1KB", max = "1GB") @DefaultValue("64KB")
        DataSize maxMessageSize,

        @NotNull @SizeRange(min = "64KB", max = "64GB") @DefaultValue("16MB")
        DataSize maxIncompleteSize,

        @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 30s") @DefaultValue("30s")
        Duration requestTimeout,

        @NotNull @SizeRange(min = "1KB", max = "1GB") @DefaultValue("16KB")
        DataSize maxMetadataSize,

        @Min(value = 1, message = "must be 1 or more, such as 1000") @DefaultValue("1000")
        int maxCallsPerConnection,

        @Min(value = 1, message = "must be 1 or more, such as 1000") @DefaultValue("1000")
        int maxWaitingCalls,

        @Min(value = 0, message = "must not be negative: 0 is no limit") @DefaultValue("1000")
        int maxWaitingCallsPerAddress,

        @Min(value = 1, message = "must be 1 or more, such as 2000") @DefaultValue("2000")
        int maxResetsPerSecond,

        @Min(value = 1, message = "must be 1 or more, such as 1000") @DefaultValue("1000")
        int maxControlFramesPerSecond,

        @NotNull @SizeRange(min = "64KB", max = "64GB") @DefaultValue("32MB")
        DataSize maxUnreadSize,

        @NotNull @SizeRange(min = "64KB", max = "64GB") @DefaultValue("4MB")
        DataSize maxUnreadSizePerConnection,

        @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 30s") @DefaultValue("30s")
        Duration unreadTimeout,

        @Min(value = 0, message = "must not be negative: 0 is no limit") @DefaultValue("1000")
        int maxConnectionsPerAddress,

        @NotNull @DurationMin(millis = 100, message = "must be 100ms or more, such as 20s") @DefaultValue("20s")
        Duration handshakeTimeout,

        @NotNull @DurationMin(message = "must not be negative: 0s is for ever, 1h an hour") @DefaultValue("0s")
        Duration maxConnectionAge,

        @NotNull @DurationMin(message = "must not be negative, such as 10s") @DefaultValue("10s")
        Duration maxConnectionAgeGrace,

        @Valid @DefaultValue Tls tls) {

    /**
     * Encryption.
     *
     * @param bundle the name of an SSL bundle; null or blank for no encryption
     * @param clientAuth whether clients have to show a certificate
     */
    public record Tls(
            @Nullable String bundle,
            @NotNull @DefaultValue("none") ClientCertificate clientAuth) {

        boolean isOn() {
            return bundle != null && !bundle.isBlank();
        }
    }
}
