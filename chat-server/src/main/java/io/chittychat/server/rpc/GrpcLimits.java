package io.chittychat.server.rpc;

import java.time.Duration;

/**
 * What a connection may do.
 *
 * @param connections how many there may be, and for how long
 * @param keepalive how dead connections are found
 * @param maxMessageSize the largest request, in bytes
 * @param maxMetadataSize the most headers of a call, in bytes
 * @param maxCallsPerConnection how many calls a connection may have open at once
 * @param maxResetsPerSecond how many calls a connection may cancel
 */
public record GrpcLimits(
        Connections connections,
        Keepalive keepalive,
        int maxMessageSize,
        int maxMetadataSize,
        int maxCallsPerConnection,
        int maxResetsPerSecond) {

    /**
     * How many connections there may be, and for how long.
     *
     * @param perAddress how many from one address other than this machine's; 0 for any number
     * @param handshakeTimeout how long one may take to begin, TLS included
     * @param maxAge after how long one is asked to end; zero for never
     * @param maxAgeGrace for how long its calls may then go on
     */
    public record Connections(int perAddress, Duration handshakeTimeout, Duration maxAge, Duration maxAgeGrace) {}

    /**
     * How dead connections are found.
     *
     * @param time after how much silence a connection is asked for a sign of life
     * @param timeout how long it may take to answer before it is closed
     * @param permitted how often a client may ask at most
     */
    public record Keepalive(Duration time, Duration timeout, Duration permitted) {}
}
