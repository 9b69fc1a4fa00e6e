package io.chittychat.server.transport;

import io.chittychat.server.setting.Require;
import io.chittychat.server.transport.ServerTls.ClientCertificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a connection may do. Nothing is limited by address for this machine.
 *
 * @param keepaliveTime after how much silence a connection is asked for a sign of life
 * @param keepaliveTimeout how long it may take to answer before it is closed
 * @param permitKeepaliveTime how often a client may ask at most
 * @param maxMessageSize the largest request
 * @param maxIncompleteSize the most of incomplete requests that is kept, over all connections
 * @param requestTimeout how long a request may take to arrive
 * @param maxMetadataSize the most headers of a call
 * @param maxCallsPerConnection how many calls a connection may have open at once
 * @param maxWaitingCalls how many calls may wait for their request or their answer, over all connections
 * @param maxWaitingCallsPerAddress how many of them may come from one address; 0 for any number
 * @param maxResetsPerSecond how many calls a connection may cancel
 * @param maxControlFramesPerSecond how many frames a client may send that belong to no request and do not go with what
 *     it reads
 * @param maxUnreadSize the most of replies that is kept until they are read, over all connections
 * @param maxUnreadSizePerConnection the most of that for one connection, above which its calls are refused
 * @param unreadTimeout how long a client may take to read what waits for it
 * @param maxConnectionsPerAddress how many connections may come from one address; 0 for any number
 * @param handshakeTimeout how long a connection may take to begin, TLS included
 * @param maxConnectionAge after how long a connection is asked to end; zero for never
 * @param maxConnectionAgeGrace for how long its calls may then go on
 * @param tls encryption
 */
public record GrpcSettings(
        @DefaultValue("10s") Duration keepaliveTime,
        @DefaultValue("5s") Duration keepaliveTimeout,
        @DefaultValue("5s") Duration permitKeepaliveTime,
        @DefaultValue("64KB") DataSize maxMessageSize,
        @DefaultValue("16MB") DataSize maxIncompleteSize,
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("16KB") DataSize maxMetadataSize,
        @DefaultValue("1000") int maxCallsPerConnection,
        @DefaultValue("1000") int maxWaitingCalls,
        @DefaultValue("1000") int maxWaitingCallsPerAddress,
        @DefaultValue("2000") int maxResetsPerSecond,
        @DefaultValue("1000") int maxControlFramesPerSecond,
        @DefaultValue("32MB") DataSize maxUnreadSize,
        @DefaultValue("4MB") DataSize maxUnreadSizePerConnection,
        @DefaultValue("30s") Duration unreadTimeout,
        @DefaultValue("1000") int maxConnectionsPerAddress,
        @DefaultValue("20s") Duration handshakeTimeout,
        @DefaultValue("0s") Duration maxConnectionAge,
        @DefaultValue("10s") Duration maxConnectionAgeGrace,
        @DefaultValue Tls tls) {

    private static final int LARGEST_AT_ONCE = 4; // requests of the largest size on one connection
    private static final int MOST_UNREAD = 4; // times the limit of one connection

    /** @throws io.chittychat.server.setting.SettingsException if a setting is not possible */
    public GrpcSettings {
        Require.lasting("keepalive-time", keepaliveTime, "10s");
        Require.lasting("keepalive-timeout", keepaliveTimeout, "5s");
        Require.notNegative("permit-keepalive-time", permitKeepaliveTime, "5s permits a ping every five seconds");
        Require.within("max-message-size", maxMessageSize, "1KB", "1GB");
        Require.within("max-incomplete-size", maxIncompleteSize, "64KB", "64GB");
        Require.lasting("request-timeout", requestTimeout, "30s");
        Require.within("max-metadata-size", maxMetadataSize, "1KB", "1GB");
        Require.positive("max-calls-per-connection", maxCallsPerConnection, "1000");
        Require.positive("max-waiting-calls", maxWaitingCalls, "1000");
        Require.notNegative("max-waiting-calls-per-address", maxWaitingCallsPerAddress, "0 is no limit");
        Require.positive("max-resets-per-second", maxResetsPerSecond, "2000");
        Require.positive("max-control-frames-per-second", maxControlFramesPerSecond, "1000");
        Require.within("max-unread-size", maxUnreadSize, "64KB", "64GB");
        Require.within("max-unread-size-per-connection", maxUnreadSizePerConnection, "64KB", "64GB");
        Require.lasting("unread-timeout", unreadTimeout, "30s");
        Require.notNegative("max-connections-per-address", maxConnectionsPerAddress, "0 is no limit");
        Require.lasting("handshake-timeout", handshakeTimeout, "20s");
        Require.notNegative("max-connection-age", maxConnectionAge, "0s is for ever, 1h an hour");
        Require.notNegative("max-connection-age-grace", maxConnectionAgeGrace, "10s leaves calls ten seconds");
    }

    /** Bytes of incomplete requests that are kept on one connection. */
    long maxIncompletePerConnection() {
        return LARGEST_AT_ONCE * maxMessageSize.toBytes();
    }

    /** Bytes of unread replies on one connection above which it is closed. */
    long mostUnreadPerConnection() {
        return MOST_UNREAD * maxUnreadSizePerConnection.toBytes();
    }

    /**
     * Encryption.
     *
     * @param bundle the name of an SSL bundle; null or blank for no encryption
     * @param clientAuth whether clients have to show a certificate
     */
    public record Tls(
            @Nullable String bundle, @DefaultValue("none") ClientCertificate clientAuth) {

        /** Whether connections are encrypted. */
        public boolean isOn() {
            return bundle != null && !bundle.isBlank();
        }
    }
}
