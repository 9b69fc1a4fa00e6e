package io.chittychat.server.http;

import java.time.Duration;

/**
 * The limits of what clients of HTTP/2 do not read.
 *
 * @param total bytes, over all connections; above it, a connection that has more than a fair share must make progress
 * @param perConnection bytes of one connection; above it, the connection is closed
 * @param timeout how long a connection may make no progress
 */
public record UnreadLimits(long total, long perConnection, Duration timeout) {}
