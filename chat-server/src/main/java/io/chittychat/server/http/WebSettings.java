package io.chittychat.server.http;

import io.chittychat.server.setting.Require;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The contract over HTTP, and the page.
 *
 * @param enabled whether calls are answered over HTTP
 * @param page whether the page is served
 * @param hosts the names by which clients reach the HTTP port, beside those of this machine's loopback
 * @param origins the web sites, such as {@code https://app.example.com}, whose pages may call
 * @param maxCalls the most open calls over HTTP
 * @param maxCallsPerAddress the same from one address; 0 for no limit
 */
public record WebSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean page,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> origins,
        @DefaultValue("2000") int maxCalls,
        @DefaultValue("1000") int maxCallsPerAddress) {

    /** @throws io.chittychat.server.setting.SettingsException if a setting is invalid */
    public WebSettings {
        Require.positive("max-calls", maxCalls, "2000");
        Require.notNegative("max-calls-per-address", maxCallsPerAddress, "0 is no limit");
    }
}
