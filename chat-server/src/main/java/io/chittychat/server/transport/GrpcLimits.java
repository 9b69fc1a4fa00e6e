package io.chittychat.server.transport;

import java.time.Duration;

/**
 * What a connection may do.
 *
 * @param connections how many there may be, and for how long
 * @param keepalive how dead connections are found
 * @param calls how many there may be
 * @param requests what may be kept of requests that are not complete
 * @param replies what may be kept of replies that are not taken
 */
public record GrpcLimits(
        Connections connections, Keepalive keepalive, Calls calls, Requests requests, Replies replies) {

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

    /**
     * How many calls there may be.
     *
     * @param perConnection how many a connection may have open at once
     * @param resetsPerSecond how many a connection may cancel
     * @param controlFramesPerSecond how many frames that belong to no request a connection may send, not counting those
     *     that go with what it reads
     * @param waiting how many may wait for their request or their answer, over all connections
     * @param waitingPerAddress how many of them may come from one address other than this machine's
     */
    public record Calls(
            int perConnection, int resetsPerSecond, int controlFramesPerSecond, int waiting, int waitingPerAddress) {}

    /**
     * What may be kept of requests that are not complete.
     *
     * @param maxSize the largest request, in bytes
     * @param maxMetadataSize the most headers of a call, in bytes
     * @param maxIncomplete bytes of incomplete requests over all connections
     * @param timeout how long a request may take to arrive
     */
    public record Requests(int maxSize, int maxMetadataSize, long maxIncomplete, Duration timeout) {

        private static final int AT_ONCE = 4; // requests of the largest size

        /** Bytes of incomplete requests on one connection. */
        long maxIncompletePerConnection() {
            return (long) AT_ONCE * maxSize;
        }
    }

    /**
     * What may be kept of replies that are not taken.
     *
     * @param maxUnread bytes over all connections
     * @param maxUnreadPerConnection bytes on one connection, above which its calls are refused
     * @param timeout how long a client may take for what waits for it
     */
    public record Replies(long maxUnread, long maxUnreadPerConnection, Duration timeout) {

        private static final int MOST = 4; // times the limit

        /** Bytes on one connection above which it is closed. */
        long mostPerConnection() {
            return MOST * maxUnreadPerConnection;
        }
    }
}
