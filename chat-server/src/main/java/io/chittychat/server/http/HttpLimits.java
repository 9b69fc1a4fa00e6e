package io.chittychat.server.http;

import io.chittychat.server.setting.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the HTTP port.
 *
 * @param maxConnections the most connections on which no call is being answered
 * @param maxConnectionsPerAddress the same from one address, unless it is loopback
 * @param maxHttp2Connections the most connections of HTTP/2, each of which may have many calls
 * @param maxHttp2ConnectionsPerAddress the same from one address, unless it is loopback; 0 for no limit
 * @param http2WithoutTls whether HTTP/2, if it is on, is spoken without encryption, too
 * @param requestTimeout how long a request may take to arrive; also how long a connection may be idle, and how long an answer
 *     that is not a call may take
 */
public record HttpLimits(
        @DefaultValue("300") int maxConnections,
        @DefaultValue("100") int maxConnectionsPerAddress,
        @DefaultValue("2000") int maxHttp2Connections,
        @DefaultValue("1000") int maxHttp2ConnectionsPerAddress,
        @DefaultValue("false") boolean http2WithoutTls,
        @DefaultValue("15s") Duration requestTimeout) {

    static final HttpLimits NONE =
            new HttpLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, false, Duration.ofDays(1));

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
    public HttpLimits {
        Require.positive("max-connections", maxConnections, "300");
        Require.positive("max-connections-per-address", maxConnectionsPerAddress, "100");
        Require.positive("max-http2-connections", maxHttp2Connections, "2000");
        Require.notNegative("max-http2-connections-per-address", maxHttp2ConnectionsPerAddress, "0 is no limit");
        Require.lasting("request-timeout", requestTimeout, "15s");
    }
}
