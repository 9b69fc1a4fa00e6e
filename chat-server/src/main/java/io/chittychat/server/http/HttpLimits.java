package io.chittychat.server.http;

import io.chittychat.server.setting.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be open on the HTTP port.
 *
 * @param maxConnections how many there may be
 * @param maxConnectionsPerAddress how many of them from one address
 * @param requestTimeout how long one may take, request and response
 */
public record HttpLimits(
        @DefaultValue("150") int maxConnections,
        @DefaultValue("50") int maxConnectionsPerAddress,
        @DefaultValue("15s") Duration requestTimeout) {

    /** @throws io.chittychat.server.setting.SettingsException if a setting is not possible */
    public HttpLimits {
        Require.positive("max-connections", maxConnections, "150");
        Require.positive("max-connections-per-address", maxConnectionsPerAddress, "50");
        Require.lasting("request-timeout", requestTimeout, "15s");
    }
}
