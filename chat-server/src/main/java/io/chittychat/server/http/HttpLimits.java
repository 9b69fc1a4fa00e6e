package io.chittychat.server.http;

import io.chittychat.server.setting.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the HTTP port.
 *
 * @param maxConnections the most connections on which no call is being answered
 * @param maxConnectionsPerAddress the same from one address
 * @param requestTimeout how long a request may take to arrive; also how long a connection may be idle, and how long an answer
 *     that is not a call may take
 */
public record HttpLimits(
        @DefaultValue("300") int maxConnections,
        @DefaultValue("100") int maxConnectionsPerAddress,
        @DefaultValue("15s") Duration requestTimeout) {

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
    public HttpLimits {
        Require.positive("max-connections", maxConnections, "300");
        Require.positive("max-connections-per-address", maxConnectionsPerAddress, "100");
        Require.lasting("request-timeout", requestTimeout, "15s");
    }
}
