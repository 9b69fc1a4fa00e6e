package io.chittychat.server.rpc;

import java.time.Duration;

/**
 * What a connection may do.
 *
 * @param keepalive how dead connections are found
 * @param maxMessageSize the largest request, in bytes
 * @param maxMetadataSize the most headers of a call, in bytes
 * @param maxCallsPerConnection how many calls a connection may have open at once
 * @param maxResetsPerSecond how many calls a connection may cancel
 */
public record GrpcLimits(
        Keepalive keepalive,
        int maxMessageSize,
        int maxMetadataSize,
        int maxCallsPerConnection,
        int maxResetsPerSecond) {

    /**
     * How dead connections are found.
     *
     * @param time after how much silence a connection is asked for a sign of life
     * @param timeout how long it may take to answer before it is closed
     * @param permitted how often a client may ask at most
     */
    public record Keepalive(Duration time, Duration timeout, Duration permitted) {}
}
