package io.chittychat.server.config;

import io.chittychat.server.bridge.BridgeFilter;
import io.chittychat.server.http.CutValve;
import io.chittychat.server.http.ShortHttpProtocol;
import io.chittychat.server.http.TomcatDirectories;
import io.chittychat.server.http.UnreadLimits;
import io.chittychat.server.transport.GrpcSettings;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes Tomcat use {@link ShortHttpProtocol}, with its limits. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> shortHttp(ChittyProperties properties) {
        return tomcat -> {
            // Spring Boot's own HTTP/2 has threads that wait for clients, and is on without encryption, too.
            Http2 http2 = tomcat.getHttp2();
            boolean usesHttp2 = http2 != null
                    && http2.isEnabled()
                    && (Ssl.isEnabled(tomcat.getSsl()) || properties.http().http2WithoutTls());
            tomcat.setHttp2(null);
            tomcat.addEngineValves(new CutValve(BridgeFilter.CUT));
            tomcat.setProtocol(ShortHttpProtocol.class.getName());
            tomcat.addContextLifecycleListeners(TomcatDirectories::deleteAfterStart);
            tomcat.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof ShortHttpProtocol http) {
                    http.limit(properties.http());
                    if (usesHttp2) {
                        http.useHttp2(unread(properties.grpc()), BridgeFilter.UNTAKEN);
                    }
                }
            });
        };
    }

    private static UnreadLimits unread(GrpcSettings settings) {
        return new UnreadLimits(
                settings.maxUnreadSize().toBytes(), settings.mostUnreadPerConnection(), settings.unreadTimeout());
    }
}
