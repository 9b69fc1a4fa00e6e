package io.chittychat.server.transport;

import io.chittychat.server.setting.Require;
import io.chittychat.server.transport.ServerTls.ClientCertificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of connections and calls. Limits per address do not apply to this machine.
 *
 * @param keepaliveTime how long a connection may be silent before it is pinged
 * @param keepaliveTimeout how long a client may take to answer the ping before its connection is closed
 * @param permitKeepaliveTime the shortest time between two pings of a client
 * @param maxMessageSize the largest request
 * @param maxIncompleteSize the memory for incomplete requests, over all connections
 * @param requestTimeout how long a request may take to arrive
 * @param maxMetadataSize the largest headers of a call
 * @param maxCallsPerConnection the most open calls of a connection
 * @param maxWaitingCalls the most calls that wait for their request or their answer, over all connections
 * @param maxWaitingCallsPerAddress the same from one address; 0 for no limit
 * @param maxResetsPerSecond the most calls of a connection that are cancelled, or refused by a limit, per second
 * @param maxControlFramesPerSecond the most frames of a client that belong to no request, beyond those for the replies
 *     that it reads
 * @param maxUnreadSize the memory for replies that clients have not read, over all connections
 * @param maxUnreadSizePerConnection the same for one connection; above it, the calls of the connection are refused
 * @param unreadTimeout how long a client may take to read its unread replies
 * @param maxConnectionsPerAddress the most connections from one address; 0 for no limit
 * @param handshakeTimeout how long a connection may take to begin, TLS included
 * @param maxConnectionAge the age at which the client is asked to reconnect; zero for never
 * @param maxConnectionAgeGrace how long its calls may go on after that
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

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
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
        Require.notNegative("max-connection-age", maxConnectionAge, "0s is no limit, 1h is an hour");
        Require.notNegative("max-connection-age-grace", maxConnectionAgeGrace, "10s leaves calls ten seconds");
    }

    /** The memory for incomplete requests of one connection, in bytes. */
    long maxIncompletePerConnection() {
        return LARGEST_AT_ONCE * maxMessageSize.toBytes();
    }

    /** The bytes of unread replies above which a connection is closed. */
    public long mostUnreadPerConnection() {
        return MOST_UNREAD * maxUnreadSizePerConnection.toBytes();
    }

    /**
     * Encryption.
     *
     * @param bundle the name of an SSL bundle; null or blank for no encryption
     * @param clientAuth whether clients must show a certificate
     */
    public record Tls(
            @Nullable String bundle, @DefaultValue("none") ClientCertificate clientAuth) {

        /** Whether connections are encrypted. */
        public boolean isOn() {
            return bundle != null && !bundle.isBlank();
        }
    }
}
