package io.chittychat.server.config;

import io.chittychat.server.rpc.ServerTls.ClientCertificate;
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
 * @param maxMetadataSize the most headers of a call
 * @param maxCallsPerConnection how many calls a connection may have open at once
 * @param maxResetsPerSecond how many calls a connection may cancel
 * @param maxConnectionsPerAddress how many connections may come from one address; 0 for any number
 * @param handshakeTimeout how long a connection may take to begin
 * @param maxConnectionAge after how long a connection is asked to end; zero for never
 * @param maxConnectionAgeGrace for how long its calls may then go on
 * @param tls encryption
 */
public record GrpcProperties(
        @NotNull @DurationMin(millis = 100) @DefaultValue("10s")
        Duration keepaliveTime,

        @NotNull @DurationMin(millis = 100) @DefaultValue("5s")
        Duration keepaliveTimeout,

        @NotNull @DefaultValue("5s") Duration permitKeepaliveTime,
        @NotNull @DefaultValue("1MB") DataSize maxMessageSize,
        @NotNull @DefaultValue("16KB") DataSize maxMetadataSize,
        @Min(1) @DefaultValue("20000") int maxCallsPerConnection,
        @Min(1) @DefaultValue("2000") int maxResetsPerSecond,
        @Min(0) @DefaultValue("1000") int maxConnectionsPerAddress,

        @NotNull @DurationMin(millis = 100) @DefaultValue("20s")
        Duration handshakeTimeout,

        @NotNull @DurationMin @DefaultValue("0s") Duration maxConnectionAge,
        @NotNull @DurationMin @DefaultValue("10s") Duration maxConnectionAgeGrace,
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
