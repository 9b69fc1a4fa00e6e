package io.chittychat.server.http;

import java.time.Duration;

/**
 * What may be open on the HTTP port.
 *
 * @param connections how many at once
 * @param perAddress how many of them from one address
 * @param timeout how long a connection may take for its request and the response
 */
public record HttpLimits(int connections, int perAddress, Duration timeout) {}
