package io.chittychat.server.http;

import io.chittychat.server.setting.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the HTTP port.
 *
 * @param maxConnections the most open connections
 * @param maxConnectionsPerAddress the most open connections from one address
 * @param requestTimeout how long a connection may take for its request and the response
 */
public record HttpLimits(
        @DefaultValue("150") int maxConnections,
        @DefaultValue("50") int maxConnectionsPerAddress,
        @DefaultValue("15s") Duration requestTimeout) {

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
    public HttpLimits {
        Require.positive("max-connections", maxConnections, "150");
        Require.positive("max-connections-per-address", maxConnectionsPerAddress, "50");
        Require.lasting("request-timeout", requestTimeout, "15s");
    }
}
